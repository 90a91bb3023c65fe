# Notices by mail and phone.

notices-title = Notices by mail and phone
notices-lead = When something goes wrong, Timón tells you out here. Once, and at your hours.

notices-done-saved = Saved.
notices-done-added = Added. Press “Change” and then “Test” to see whether it arrives.
notices-done-removed = Removed. Nothing more will be sent there.
notices-done-decided = Done.

notices-no-mail-title = Mail is not set up
notices-no-mail = Whoever runs this server has to write smtp_url and mail_from in timon.toml and start Timón again. Meanwhile you can get notices on your phone.
notices-mail-broken-title = Mail is set up wrongly
notices-mail-broken = Whoever runs this server has to check smtp_url and mail_from in timon.toml. What is to be sent waits.

notices-open-title = These need your decision
notices-open-lead = Timón does not repeat a message that may have arrived. Have a look and tell us what to do.
notices-open-shown = Showing { $shown } of { $all }.
notices-decide-arrived = It arrived
notices-decide-again = Send again
notices-decide-send = Send now
notices-decide-drop = Leave it

notices-channels-title = Where we tell you
notices-empty-title = Nowhere yet
notices-empty = Add your phone below and Timón can tell you.
notices-change = Change
notices-test = Test
notices-remove = Remove
notices-address-hidden = (hidden)

channel-email = Mail
channel-ntfy = Phone (ntfy)
channel-telegram = Telegram

notices-gets-alarms = Only alarms
notices-gets-warnings = Alarms and warnings
notices-gets-digest = The day’s digest
notices-gets-weekly = The week’s digest
notices-gets-nothing = Nothing
notices-alerts = At once
alerts-nothing = Nothing
alerts-alarms = Only alarms
alerts-warnings = Alarms and warnings
notices-digest = The day’s digest
notices-weekly = The week’s digest

notices-add-title = Add a place
notices-add-lead = ntfy is a free app for your phone: make a topic in it with a name that is hard to guess and paste its address here. The address of another program that takes texts works too.
notices-kind = How?
notices-address = Address
notices-address-hint = For example, https://ntfy.sh/my-bar-7f3k9q
notices-address-hint-both = For ntfy, for example https://ntfy.sh/my-bar-7f3k9q. For Telegram, write to your bot first and put the chat’s number here.
notices-add-submit = Add
notices-address-wrong = That address cannot be used. It must begin with https:// and be on the internet, not on a private network.
notices-chat-wrong = That does not look like a Telegram chat. Put its number, or @name for a channel.
notices-address-known = That place is there already. You can change it in the list.
notices-too-many = There are { $max } places already. Remove one to add another.
notices-too-often = You have made many tests in a row.
notices-too-often-hint = Wait an hour and try again.

notices-test-subject = A test from Timón
notices-test-body = This is a test for { $name }. If you read it, notices arrive well.
notices-test-accepted = The test went well. See whether it has reached you.
notices-test-waiting = The test is on its way. Look at the list in a moment.
notices-test-unknown = We do not know whether the test arrived. Have a look and decide in the list.
notices-test-failed = The test did not arrive.

notices-hours-title = When we tell you
notices-hours-quiet = From { $from } to { $until } we do not disturb you.
notices-hours-alarms = Unless it is an alarm.
notices-hours-alarms-too = Not even if it is an alarm.
notices-hours-none = At any hour.
notices-hours-digest = The day’s digest is made at { $hour }. The week’s, on { $day } at the same hour.
notices-hours-cap = At most { $max } notices a day in each place. The rest goes into the digest.
notices-hours-change = Change the hours
notices-quiet-from = Quiet from
notices-quiet-until = Quiet until
notices-quiet-hint = Put the same hour in both for no quiet time.
notices-quiet-alarms = An alarm may break the quiet
notices-digest-hour = Hour of the digest
notices-weekly-day = Day of the week’s digest
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

notices-folded = Also on this day:

notices-sent-title = The latest we sent
notices-sent-empty = Nothing yet.
notices-what = What
notices-where = Where
notices-state = How it went
notices-kind-reply = Reply by e-mail to
notices-kind-receipt = Receipt to
notices-next = Goes out from { $when }

outgoing-queued = Waiting
outgoing-dispatching = Leaving
outgoing-accepted = Delivered
outgoing-retry = Will be tried again
outgoing-failed = Did not arrive
outgoing-unknown = We do not know whether it arrived
outgoing-held = Held back
outgoing-folded = Goes into the next digest
outgoing-folded-done = Went in a digest
outgoing-dropped = Not sent

notices-answer-later = The server asks us to wait.
notices-answer-refused = The server refuses it.
notices-answer-forbidden = The server does not let us in. Check the address or the permissions.
notices-answer-bad-address = The address cannot be used. Check it.
notices-answer-unreachable = The server could not be reached.
notices-answer-sign-in = The mail server does not accept the user or the password. Tell whoever runs this server.
notices-answer-not-set-up = Whoever runs this server has not set it up yet.
notices-answer-no-answer = The server did not get to answer.
notices-answer-bounced = It left but came back: the address does not exist or does not take it.
notices-answer-unreadable = It is stored in a way that cannot be read. Write it again.
notices-answer-interrupted = Timón stopped while it was being sent.
notices-answer-restored = It comes out of a backup: it may have been sent back then.
notices-answer-channel-removed = The place it was for was removed.
notices-answer-person-arrived = Somebody said that it arrived.
notices-answer-person-again = Somebody asked to send it again.
notices-answer-person-drop = Somebody said to leave it.
notices-answer-forgotten = The person it was for was forgotten.

channel-webhook = Program
programs-title = Programs
programs-lead = Timón can tell another program of yours that something has happened. It says what and where to look, never who or in which words.
programs-empty = None yet.
programs-add-title = Add a program
programs-address-hint = The address that listens, for example https://myprogram.example/timon
programs-topic-mentions = New mentions
programs-topic-warnings = Warnings
programs-topic-replies = Published answers
programs-too-many = There are { $max } programs already. Remove one to add another.
programs-secret-title = This is the password we sign with
programs-secret = Put it into the program now: it is not shown again. With it the program knows that a message is ours. If there was another, it is good for one more day.
programs-new-secret = Change the password
programs-stop = Stop
programs-start = Tell it again
programs-stopped-person = Stopped on { $when }
programs-stopped-gone = The program said on { $when } that it wants no more messages
programs-no-secret = It has no password: change it so that it gets messages again
programs-failing = The last message did not arrive
programs-newest = The latest messages
notices-answer-gone = The program wants no more messages.
notices-answer-no-secret = The password to sign with is missing.
notices-answer-program-stopped = The program it was for was stopped.
notices-answer-taken-back = It was taken back before it left.
notices-answer-no-way-out = It does not say how to refuse more messages, so it does not leave.
notices-answer-no-gateway = Nothing that sends text messages is set up. Set it up under Notices.
notices-answer-too-long = The text is too long for a phone message. Make it shorter.
