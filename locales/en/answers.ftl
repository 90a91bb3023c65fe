# Who waits for an answer, each answer, complaints and promises.

nav-answers = Answer
undo = Undo

answers-title = Answer
# $n: those who wait and whom it hurts not to answer (a thousand at most)
answers-lead = { $n ->
    [0] Nobody is waiting for an answer that presses.
    [one] One person is waiting. The worst comes first.
   *[other] { $n } people are waiting. The worst comes first.
}
answers-pressing = Waiting for an answer
# $n: four and five star reviews without an answer
answers-kind = { $n ->
    [one] When you have a moment: one person who spoke well
   *[other] When you have a moment: { $n } people who spoke well
}
answers-more = { $n ->
    [one] And one more, which will appear when you have answered these.
   *[other] And { $n } more, which will appear when you have answered these.
}
answers-keys = With a keyboard, inside a card: j and k go to the next and the previous one, r answers, s leaves it for tomorrow, n says it is not about your business.
answers-see-all = See them in the list
answers-empty-title = Everybody has an answer
answers-empty = Nobody is waiting. When something comes it will be here, with the reason and the deadline.
answers-has-draft = Draft begun
answers-mine = Only mine
answers-everybodys = Everybody's
# $who: the e-mail of whoever takes care of it
answers-assigned = { $who } takes care of it

# Why it stands where it stands.
reason-complaint = Complaint
reason-legal = Speaks of claims or lawyers
reason-boycott = Asks people not to come
reason-one-star = One star
reason-contact = Asks to be contacted
reason-two-stars = Two stars
reason-letter = Wrote to you
reason-three-stars = Partly unhappy
reason-question = Asks something
reason-thanks = Spoke well

# How long is left, or how long it is over.
due-in-days = { $n ->
    [one] one day left
   *[other] { $n } days left
}
due-in-hours = { $n ->
    [one] one hour left
   *[other] { $n } hours left
}
due-soon = less than an hour left
due-over-hours = { $n ->
    [0] the deadline has just passed
    [one] the deadline passed an hour ago
   *[other] the deadline passed { $n } hours ago
}
due-over-days = { $n ->
    [one] the deadline passed a day ago
   *[other] the deadline passed { $n } days ago
}

decide-tomorrow = Tomorrow
decide-answered = Already answered
decide-not-us = Not my business
decided-snoozed = It comes back tomorrow at nine.
decided-dismissed = Put aside: it is not about your business.
decided-assigned = Task given to somebody else.
decided-answered = Marked as answered.
decided-sent = Your answer is on its way. If anything fails we will tell you here.
decided-published = Answered. Well done.
assign-label = Who takes care of it
assign-nobody = Nobody in particular
assign-submit = Give the task

halfway-title = Half done
# $author: to whom
halfway-handed = Did you publish the answer to { $author }?
halfway-failed = The answer to { $author } did not arrive
halfway-unknown = Nobody knows whether the answer to { $author } arrived
halfway-finish = Finish
task-halfway = { $n ->
    [one] One answer is half done
   *[other] { $n } answers are half done
}

aside-title = Put aside
aside-lead = What you left for later or what was not about your business. Nothing is lost: you can bring it back.
aside-dismissed = Not about my business
# $until: the moment
aside-snoozed = Until { $until }
aside-back = Bring back
aside-empty-title = Nothing put aside
aside-empty = What you leave for tomorrow appears here.

# One answer.
# $author: who said it
answer-to = Answer { $author }
answer-text = Your answer
# $max: characters, already written
answer-hint = { $max } characters at most. It carries your name: read it as all your customers will.
answer-draft-lead = We have begun a draft. Put it in your own words and fill what stands in braces: it promises nothing you do not say.
answer-use-saved = Use a saved text
answer-use = Use this text
answer-check = Check
answer-save = Save draft
answer-send = Send the answer
answer-send-anyway = Send it anyway
answer-hand = It is right: publish it
answer-hand-anyway = Publish it anyway
# $address: the e-mail
answer-goes-to = It will go by e-mail to { $address }, once.
answer-by-hand-lead = You publish this answer yourself: we copy it for you and take you to the page.
answer-care = Read the warnings before it leaves
answer-care-lead = None of this is against the law, but it can turn against you. If it still is what you want to say, press again.
answer-empty = Write the answer.
answer-too-long = It is too long for where it goes. Make it shorter.
answer-not-yours = Your account may read but not answer. Ask whoever runs the business.
answer-promise = Do you promise something? Give it a date
answer-promise-lead = If you offer to refund, replace, call or mend something, note it: we will remind you, and it counts in your Word.
promise-what = What you promise
promise-day = By when
promise-day-wrong = Give a date from today on.
# $what: what was promised; $day: the day
answer-promised = You promised “{ $what }” by { $day }.
answer-sending = On its way
answer-sending-lead = We are handing it to the mail server. This page renews itself.
answer-unknown = Nobody can know whether it arrived
answer-unknown-lead = Something broke off just as it was handed over. We do not repeat it by ourselves, so that nobody gets two. Look in the sent folder or ask, and tell us.
answer-failed = It did not arrive
answer-failed-lead = The answer did not leave, or came back. You can try again or change it.
answer-arrived = It did arrive
answer-again = Send it again
answer-rewrite = Write it anew
# $when: the moment
answer-published-letter = Answered by e-mail: { $when }.
answer-published-hand = Published: { $when }.
answer-change = Change the answer
answer-elsewhere = It has been answered elsewhere.
answer-elsewhere-write = Write another answer
# $key: the key; $date: the last day
answer-complaint = Complaint { $key }: answer before the end of { $date }
answer-complaint-lead = Answer everything it asks, with reasons. No offers and no invitations.
# $n: messages; $key: the key
answer-conversation = The conversation ({ $n } messages)
answer-in-complaint = This conversation belongs to complaint { $key }
answer-complaint-open = See the complaint

# Publishing by hand. $source: the place
handed-title = Publish it on { $source }
handed-copy = Copy the text (the button does it for you).
handed-copy-only = Copy the text
handed-paste = Paste it as the answer on { $source }.
handed-tell = Come back here and tell us whether it is there.
handed-open = Copy and open { $source } beside this
handed-ask = Is it published?
handed-done = Yes, published
handed-not-done = No, back to the draft

# The checker.
lint-severity-block = It cannot leave like this
lint-severity-warn = Careful
lint-severity-hint = Suggestion
lint-nothing = The checker sees nothing odd. It is no lawyer: read it yourself as well.
lint-remedy = You offer something
lint-remedy-fix = Give it a date below so that it is not forgotten.
draft-note-saved = A gap of the text could not be filled.
draft-note-language = We do not write their language: the draft is in yours. Translate it if you can.
problem-answer-length = The answer is empty or too long
problem-answer-length-hint = Go back and write a text that fits where it goes.
problem-no-address = We do not have their e-mail
problem-no-address-hint = Add it to the complaint, or print the receipt and hand it over.
problem-too-many-saved = There are too many saved texts
problem-too-many-saved-hint = Remove one you no longer use.

# How you answer.
answer-settings-title = How you answer
answer-settings-lead = Saved texts, deadlines, signature, and what your profession does not let you say.
saved-title = Saved texts
saved-lead = So that you need not start from nothing. Each is read and changed before it leaves: none is ever sent by itself.
saved-placeholders = You can leave gaps: {"{{"}name{"}}"}, {"{{"}business{"}}"}, {"{{"}date{"}}"} and {"{{"}remedy{"}}"}.
saved-empty = You have not saved any yet.
saved-name = Name
saved-text = Text
saved-add = Save text
saved-keep = Save changes
saved-remove = Remove
saved-empty-text = Write a name and a text.
saved-too-long = The text is too long.
saved-unknown-placeholder = There is a gap we do not know. Use only those above.
clocks-title = Deadlines
clocks-lead = When the queue warns you. Your Word is reckoned the same for everybody: two days and seven days.
clock-bad = Hours for three stars or fewer, and letters
clock-other = Hours for the others
clock-complaint = Days for a complaint
clock-complaint-hint = The law gives fifteen days at most.
voice-title = Your voice
signature = Signature
signature-hint = The name you end with. Empty: the business's.
contact = How to talk to you
contact-hint = A telephone or e-mail of the business. It may be said in public; other people's may not.
profession = Your profession's secrecy
profession-hint = Decides what an answer must not say.
profession-general = None in particular
profession-lodging = Lodging
profession-health = Health
profession-law = Law and advice
profession-education = Teaching
profession-minors = Minors
staff = Names of the people who work with you
staff-hint = One per line. The checker will tell you if they appear in an answer. They are used for nothing else.
region = Region of Spain
region-none = Not said
official-form = Page of the official complaint forms
official-form-hint = If we know your region's we propose it. Check that it is the right one: whoever complains will see it.
official-form-wrong = Write an address that begins with https://
dispute-body = Whom people can turn to when you say no
dispute-body-hint = For instance the arbitration board you belong to. Empty: you belong to none, and the answer will say so.

# Complaints.
complaints-title = Complaints
complaints-file-name = complaints
# $days: days to answer
complaints-lead = Each complaint gets its key, its receipt and an answer within { $days } days.
# $all, $open, $answered, $in_time: of the last year
complaints-counts = Of the last year: { $all }. Open: { $open }. Answered: { $answered }, { $in_time } in time.
complaints-file = Download the register
complaints-empty-title = No complaints
complaints-empty = When somebody complains, mark the message or write it down below: it will have a key, a receipt and a deadline.
# $key: the key
complaint-title = Complaint { $key }
complaint-due-lead = It must be answered before the end of { $date }.
complaint-key = Key
complaint-received = Received
complaint-claimant = Who complains
complaint-channel = How it came
complaint-channel-email = E-mail
complaint-channel-review = Review
complaint-channel-in-person = In person
complaint-channel-phone = Telephone
complaint-channel-paper = Paper
complaint-state = Where it stands
complaint-state-open = Open
complaint-state-answered = Answered
complaint-state-withdrawn = Withdrawn
complaint-answered = Answered in time
complaint-answered-late = Answered late
complaint-withdrawn = Withdrawn by whoever made it
complaint-facts = What happened
complaint-facts-missing = Write what happened.
complaint-day-wrong = Give the day it came, today or before.
complaint-wish = What they ask for
complaint-due = Last day
complaint-receipt-at = Receipt given
complaint-answered-at = Answered on
complaint-answer = Answer
complaint-answer-elsewhere = It was answered elsewhere.
complaint-answer-now = Answer
complaint-what = The complaint
complaint-claimant-title = Who complains and what they ask for
complaint-address = Their e-mail
complaint-address-hint = To send the receipt and the answer. It is used for nothing else.
complaint-outcome = Outcome
complaint-outcome-ask = What do you decide?
complaint-outcome-accepted = They are right
complaint-outcome-partly = They are partly right
complaint-outcome-refused = They are not right
complaint-outcome-missing = Say what you decide.
complaint-closing-lead = At the end we add the key and, unless they are wholly right, whom they can turn to.
complaint-write-title = Write down a complaint
complaint-write-lead = For what is said in person, by telephone or on paper.
complaint-write-submit = Write down and give a key
complaint-official-title = The official form
complaint-official = This register does not replace the official complaint form: if somebody asks for it, it must be given.
complaint-official-missing = Say under “How you answer” where your region keeps them
complaint-official-link = Official complaint forms
complaint-diary = What has happened
complaint-note = Note
complaint-note-add = Add note
complaint-event-opened = Entered in the register
complaint-event-receipt = Receipt given
complaint-event-note = Note
complaint-event-answered = Answered
complaint-event-withdrawn = Withdrawn
complaint-event-reopened = Opened again
complaint-withdraw = They withdrew it
complaint-reopen = Open it again
complaint-open-one = It is a complaint: give it a key
complaint-sounds-like = This sounds like a complaint
complaint-sounds-like-lead = If it is one, they have a right to a key, a receipt and an answer within fifteen days.
complaint-is-it = Is it a complaint?
complaint-is-it-lead = If they ask you to refund or mend something, treat it as one: key, receipt and an answer within fifteen days.
complaint-receipt = Receipt
receipt-lead = A paper or an e-mail they can keep, with the key, what they said and by when you answer.
receipt-missing = There is no receipt yet. Send it or hand it over today.
receipt-pdf = Download as PDF
receipt-send = Send by e-mail
receipt-hand = I have handed it over
# $when: the moment
receipt-sent = By e-mail, { $when }.
receipt-handed = Handed over, { $when }.
receipt-state-queued = On its way.
receipt-state-dispatching = On its way.
receipt-state-retry = The server asks us to wait: we will try again.
receipt-state-accepted = The server took it.
receipt-state-failed = It did not arrive: give it another way.
receipt-state-unknown = Nobody can know whether it arrived. Decide under “Messages”.
receipt-state-held = It comes from a backup. Decide under “Messages”.
receipt-state-folded = On its way.
receipt-state-dropped = Somebody stopped it.

# What whoever complains receives.
complaint-subject = Receipt of your complaint { $key }
receipt-greeting = Hello { $name },
receipt-greeting-nobody = Hello,
# $business, $when, $key
receipt-received = { $business } received your complaint: { $when }. Its key is { $key }. Keep it: with it you can ask at any time.
receipt-due = You will have an answer by { $date } at the latest.
# $facts: their words
receipt-facts = This is what you told us:

    “{ $facts }”
# $wish: what they ask for
receipt-wish = You ask for: { $wish }
receipt-answer-by = Answer at the latest on
receipt-official = Besides this receipt you have a right to ask us for the official complaint form.
# $key
receipt-title = Receipt of a complaint
receipt-file-name = receipt
receipt-paper-lead = We have received your complaint. Keep this paper: with the key you can ask at any time.
receipt-facts-title = What you told us
receipt-notes-title = Your rights
receipt-not-instead = This receipt does not replace it. If our answer does not satisfy you, you can turn to your consumer office.
receipt-footer = { $business } · This paper proves that we received your complaint and when.
# PAGE and TOTAL are replaced by the numbers
receipt-page-number = Page PAGE of TOTAL
complaint-closing-key = Key of your complaint: { $key }.
# $body: the body
complaint-closing-body = If you do not agree, you can turn to { $body }, whose decisions we accept, to your local consumer office, or to the courts.
complaint-closing-none = If you do not agree, you can turn to your local consumer office, ask for consumer arbitration, or go to the courts. We do not belong to any body for the alternative resolution of disputes.

# Promises.
promises-title = Promises
promises-lead = What is offered in an answer, with its date, until it is kept.
# $kept of $all
promises-few = Kept { $kept } of { $all } in the last year. With so few nothing more can be said.
# $share, $low, $high already written
promises-kept = Kept { $share } (between { $low } and { $high }): { $kept } of { $all } in the last year.
promises-open = See the promises
promises-open-title = To be kept
promises-settled-title = The latest
promises-empty-title = No promises
promises-empty = When you offer something in an answer and give it a date, it appears here so that it is not forgotten.
# $n: promises
promises-due-notice = { $n ->
    [one] One promise is due today or overdue.
   *[other] { $n } promises are due today or overdue.
}
# $author, $day
promise-to = To { $author }, by { $day }
# $n: days
promise-over = { $n ->
    [one] due yesterday
   *[other] due { $n } days ago
}
promise-left = { $n ->
    [0] due today
    [one] due tomorrow
   *[other] { $n } days left
}
promise-kept = Kept
promise-kept-late = Kept late
promise-broken = Not kept
promise-waived = Not needed
promise-open = To be kept
promise-keep = Kept
promise-break = Not kept
promise-waive = Not needed
# $day
task-promise = by { $day }
task-promise-open = See

# The page of Word.
word-open = By place and by month
word-lead = How you keep faith with those who write to you.
word-time-title = Time to answer
# $median, $low, $high: times already written; $n chooses the plural of $count
word-time = { $n ->
    [one] Half of the answers come within { $median } (between { $low } and { $high }). From { $count } answer whose date we know.
   *[other] Half of the answers come within { $median } (between { $low } and { $high }). From { $count } answers whose date we know.
}
# $n: answers with a date; $min: those needed
word-time-few = { $n ->
    [one] It cannot be said yet: there is one answer with a date, and { $min } are needed.
   *[other] It cannot be said yet: there are { $n } answers with a date, and { $min } are needed.
}
in-hours = { $n ->
    [one] one hour
   *[other] { $n } hours
}
in-days = { $n ->
    [one] one day
   *[other] { $n } days
}
word-by-source = By place
word-by-month = By month
word-source = Place
word-due = Reviews
word-answered = Answered
word-in-time = In time
word-median = Half within
word-few = few yet
word-nothing = There are no reviews yet of which it is known whether they were answered.

# The public page.
public-title = Public page
public-settings-lead = A page anybody can read: how much you answer, how long you take, whether you keep your promises. It shows nothing other people wrote.
public-is-open = It is open:
public-is-closed = It is closed: nobody sees it.
public-slug = End of the address
public-slug-hint = Letters, digits and hyphens.
public-slug-short = Use three letters or more.
public-slug-taken = Somebody else has that address. Try another.
public-contact = How to talk to you
public-contact-hint = A telephone or e-mail of the business.
public-open = Open the page
public-close = Close it
# $name: the business
public-lead = How { $name } keeps faith with those who write to it.
public-said = What we have said
public-changed = What we have changed
# $date: when
public-withdrawn = taken back on { $date }
public-complain = If something went wrong
public-complain-lead = Tell us directly: we write it down, give you a key and a receipt, and answer within fifteen days.
public-complain-rights = You also have a right to the official complaint form and to turn to your consumer office.
public-who = { $name } publishes this page on its own server with Timón. It is not a certification or a seal: the numbers come from its own answers.

# The summary of the day.
digest-promises = { $n ->
    [one] One promise is due today or overdue.
   *[other] { $n } promises are due today or overdue.
}
digest-halfway = { $n ->
    [one] One answer is half done.
   *[other] { $n } answers are half done.
}
