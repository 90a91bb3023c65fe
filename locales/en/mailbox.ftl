# Mailboxes.

mailbox-title = Mailboxes
mailbox-lead = What people write to you by e-mail, in the same place as everything else. Timón only reads: it marks, moves and deletes nothing.

mailbox-done-added = Mailbox added. In a moment you will see the letters of the last week here.
mailbox-done-works = It works. Timón is looking for anything new.
mailbox-done-paused = Paused. Timón does not read it until you say so.
mailbox-done-resumed = Timón reads it again.
mailbox-done-removed = Removed. The password is gone; the letters it brought are still here.
mailbox-done-password = Password saved. Timón reads the mailbox again.
# $address: the mailbox's address
mailbox-test-failed = { $address } cannot be read

mailbox-empty-title = You do not read any mailbox yet
mailbox-empty = Add the address your customers write to. New reviews that Google and others tell you about by e-mail come in too.

mailbox-server = Server
mailbox-letters = Letters
mailbox-see-letters = See the letters
mailbox-ignored = Left aside (newsletters, automatic replies, your own mail)
mailbox-test = Try it now
mailbox-password-again = Change the password
mailbox-password-kept = It is kept encrypted and never shown again.
mailbox-remove = Remove this mailbox
mailbox-remove-hint = Timón will stop reading it and delete the password. The letters it brought stay.
# $address: the mailbox's address
mailbox-remove-question = Remove { $address }? Timón will stop reading it.
mailbox-remove-no = Keep it

mailbox-add-title = Add a mailbox
mailbox-add-lead = Best is an address you use for customers only: each letter from a person becomes a mention that waits for an answer.
mailbox-address = E-mail address
mailbox-provider = Who runs your e-mail?
mailbox-provider-hint = If it is not in the list, choose “Another” and open “Mail server”.
mailbox-provider-gmail = Gmail or Google Workspace
mailbox-provider-outlook = Outlook or Hotmail
mailbox-provider-yahoo = Yahoo
mailbox-provider-ionos = IONOS
mailbox-provider-arsys = Arsys
mailbox-provider-other = Another
mailbox-password = Password
mailbox-password-hint = With Gmail and Yahoo your usual one does not work: you need an “app password”.
mailbox-help-title = Which password do I use?
mailbox-help-gmail = Gmail: turn on two-step verification, go to myaccount.google.com/apppasswords, create a password for “Timón” and paste the 16 letters here. You can cancel it whenever you like.
mailbox-help-outlook = Outlook and Hotmail: Microsoft hardly ever lets anybody in with a password now. If it does not work, have your e-mail forwarded to another mailbox and add that one.
mailbox-help-yahoo = Yahoo: in Account security, ask for an app password and paste it here.
mailbox-help-other = IONOS, Arsys and the others: the mailbox's password, the same you use in your e-mail program.
mailbox-help-folder = If that mailbox also holds private things, make a folder or label for customers and write its name under “Mail server”.
mailbox-server-title = Mail server
mailbox-host = Incoming server (IMAP)
mailbox-host-hint = Only if you chose “Another”. For example, imap.mydomain.com
mailbox-port = Port
mailbox-port-hint = If you do not know it, leave it empty.
mailbox-security = Encryption
mailbox-security-tls = From the start (TLS, port 993)
mailbox-security-starttls = At the beginning (STARTTLS, port 143)
mailbox-security-plain = None (only on your own network)
mailbox-user = User
mailbox-user-hint = If you do not know it, leave it empty: we will use your address.
mailbox-folder = Folder
mailbox-folder-hint = Empty for the inbox.
mailbox-plus = My e-mail takes addresses with “+”, such as info+test@mydomain.com
mailbox-add-submit = Add and try

mailbox-provider-wrong = Choose who runs your e-mail.
mailbox-password-wrong = Write the mailbox's password.
mailbox-host-wrong = Write the incoming server, for example imap.mydomain.com.
mailbox-port-wrong = The port is a number, usually 993. Leave it empty if you do not know it.
mailbox-security-wrong = Choose an encryption from the list.
mailbox-known = That mailbox is already here. You can change its password in the list.
# $max: how many fit
mailbox-too-many = There are { $max } mailboxes already. Remove one to add another.

mailbox-error-password-missing = Write the password again: it is not in this copy.
mailbox-error-bad-host = The server's name is not written correctly. Check it.
mailbox-error-private-address = That server is on a private network, not on the internet. Whoever runs Timón can allow it.
mailbox-error-not-encrypted = Without encryption only a server on your own network can be read. Choose another encryption.
mailbox-error-dns = We cannot find that server. Check its name; if it is right, we will try again.
mailbox-error-connect = The server does not answer. Check name and port; if they are right, we will try again.
mailbox-error-tls = The connection with the server is not safe. Tell whoever runs your e-mail.
mailbox-error-no-starttls = The server does not encrypt on that port. Try TLS and port 993.
mailbox-error-sign-in = The server does not take the user or the password. See “Which password do I use?” and write it again.
mailbox-error-bad-text = The user, the password or the folder holds a character that cannot be sent. Write them again.
mailbox-error-folder = There is no folder of that name. Leave it empty to read the inbox.
mailbox-error-timeout = The server takes too long. We will try again.
mailbox-error-lost = The connection broke off. We will try again.
mailbox-error-bye = The server ended the conversation. We will try again.
mailbox-error-refused = The server does not let us read the mailbox right now. We will try again.
mailbox-error-protocol = That does not look like an incoming mail server (IMAP). Check name and port.
mailbox-error-too-large = The server sends more than we read at once. Tell whoever runs your e-mail.
mailbox-error-setup = This server cannot reach the internet. Tell whoever runs the installation.
