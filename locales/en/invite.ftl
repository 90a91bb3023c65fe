# Asking customers.

invite-title = Ask your customers
invite-lead = Everyone alike, happy or not, with the same text and the same links. Or by a draw that anybody can run again.
invite-empty-title = You ask nobody at the moment
invite-empty = Many satisfied customers never write. Ask them before there is trouble: two minutes of settings and it runs by itself.
invite-begin = Start asking
invite-no-way = There is no outgoing mail and no SMS gateway here: invitations wait. Whoever runs the installation sets the mail up in timon.toml (smtp_url). Until then, use the poster or the codes.
invite-now-everyone-review = You ask everyone, { $delay } { $delay ->
    [one] day
   *[other] days
  } after their visit, for a review.
invite-now-everyone-census = You ask everyone, { $delay } { $delay ->
    [one] day
   *[other] days
  } after their visit, in private.
invite-now-draw-review = Every week a draw picks { $size } customers and you ask them for a review.
invite-now-draw-census = Every week a draw picks { $size } customers and you ask them in private.
invite-nobody-waits = Nobody is waiting. When there are new visits, invitations leave by themselves.
invite-waiting = { $n ->
    [one] { $count } person waits
   *[other] { $count } people wait
  }. At most { $pace } leave today, spread between 9 and 20.
invite-too-slow = With your limit of { $limit } a day some will not leave in time: it would take { $needed }. Raise the limit or choose the draw.
invite-faster = Usual for you would be { $usual } a day; today it is { $pace } so that nobody misses their question.
invite-held-incident = { $n ->
    [one] { $n } waits
   *[other] { $n } wait
  } because an incident is open.
invite-held-complaint = { $n ->
    [one] { $n } waits
   *[other] { $n } wait
  } because that person has a complaint without an answer.
invite-held-no-way = { $n ->
    [one] { $n } waits
   *[other] { $n } wait
  } because there is no way to write yet.
invite-held-hint = They are put off, not lost: they leave when it is settled or, at the latest, on day 25 after the visit, with the same text.
invite-funnel-title = What happened in { $days } days
invite-asked = Asked
invite-delivered = Delivered
invite-opened = Opened the form
invite-answered = Answered
invite-reminded = Reminded
invite-answered-late = Answered after the reminder
invite-opted-out = Asked for no more
invite-failed = Did not arrive
invite-unknown = Nobody knows whether they arrived
invite-unknown-hint = Cut off while sending. They are not repeated: nobody gets two.
invite-share = { $share } (between { $low } and { $high })
invite-share-not-yet = Percentages appear from { $n } delivered on.
invite-not-asked-title = Who was not asked, and why
invite-not-cancelled = { $n ->
    [one] { $n } cancelled visit
   *[other] { $n } cancelled visits
  }
invite-not-before = { $n ->
    [one] { $n } visit
   *[other] { $n } visits
  } from before you began
invite-not-too-late = { $n ->
    [one] { $n } visit
   *[other] { $n } visits
  } more than 25 days ago
invite-not-unreachable = { $n } without e-mail or phone
invite-not-opted-out = { $n ->
    [one] { $n } person asked
   *[other] { $n } people asked
  } not to be written to
invite-not-asked-lately = { $n } already asked in the last 30 days
invite-not-expired = { $n } did not leave in time
invite-not-hint = These are facts, never opinions: nobody is left out for what they think.
invite-why-title = Why we don't filter
invite-why = Asking only the happy ones deceives whoever reads you, and it comes out. Here it cannot be done: text, moment and links are the same for everyone, whatever they answer.
invite-why-law = Distorting reviews is unfair competition (Spain: Ley 3/1991, art. 27.8), and Google, Trustpilot and the FTC forbid it. A review must be about the last 30 days (TRLGDCU, art. 20.4).
invite-to-customers = { $n ->
    [0] Customers and visits: add the first
    [one] { $count } customer and their visits
   *[other] { $count } customers and their visits
  }
invite-to-reviews = Reviews in your own form
invite-to-draws = Draws
invite-to-majority = The silent majority

invite-settings-title = How you ask
invite-settings-lead = Everything is the same for every customer. A change holds for visits noted afterwards.
invite-who-asks = Who asks
invite-active = Send invitations
invite-active-hint = Begins with the visits of the last 25 days that are already noted.
invite-postal = Postal address
invite-postal-hint = Stands at the foot of every letter: the law asks to say who writes.
invite-postal-missing = Write your address: nothing can be sent without it.
invite-sender = E-mail for answers
invite-sender-hint = If somebody answers the letter, it arrives here. Empty: at the installation's sender.
invite-what = What and whom
invite-purpose = What you ask
invite-purpose-review = A review
invite-purpose-review-hint = In your form or wherever they prefer, of the places you name below.
invite-purpose-census = One question in private
invite-purpose-census-hint = A grade and a comment that only you read. It tells what the majority thinks that does not write.
invite-whom = Whom
invite-whom-everyone = Everyone
invite-whom-everyone-hint = Every visit with an e-mail or mobile, once in 30 days at most.
invite-whom-draw = By a draw
invite-whom-draw-hint = Every week, with the seed published before: anybody can run it again.
invite-when = When
invite-delay = Days after the visit
invite-delay-hint = The same for everyone. From 2 to 4 for a service; up to 14 when what was bought must be used.
invite-reminder = Days until the reminder
invite-reminder-hint = Only one, if they have not answered. 0: none.
invite-draw-size = People in a draw
invite-draw-size-hint = Only if you choose the draw.
invite-cap = Invitations a day
invite-cap-hint = At most. Empty: the pace follows from the reviews you usually get, so that it does not look like a flood.
invite-count-opens = Count who opens the form
invite-count-opens-hint = No hidden pictures: it only counts when the page is opened. Off unless you want it.
invite-places = Other places where they may write
invite-places-lead = Shown to everyone, in this order and looking just like your form, before and after answering. Yelp does not allow asking.
invite-place-name = Place { $n }
invite-place-url = Address { $n }
invite-link-name-wrong = Write the name of the place.
invite-link-wrong = Write an address that begins with https://
invite-link-forbidden = Yelp forbids asking for reviews and punishes who does.

invite-subject = How was it at { $business }?
invite-hello = Hello { $name },
invite-again = We ask once more, and then no more.
invite-asks-review = On { $day } you bought from us or visited us. Would you tell us how it was, good or bad? You can write it until { $until } wherever you prefer:
invite-asks-census = On { $day } you bought from us or visited us. Would you tell us in private how it was, good or bad? It is one question, it is not published, and it is open until { $until }.
invite-asks-everyone = We ask all our customers alike.
invite-by-lot = You were chosen by a draw that anybody can run again: { $address } (your number is { $tag }).
invite-place-own = Tell { $business }
invite-place-census = Answer in private
invite-place-other = Tell it on { $place }
invite-because-contract = { $business } writes to you because you are a customer and left us your address.
invite-because-consent = { $business } writes to you because you allowed it.
invite-leave = I want no more of these
invite-short = { $business }: how was { $day }? Tell us: { $form } No more SMS: { $out }

draws-title = Draws
draws-lead = Before the list is closed the fingerprint of the seed is published; then that of the list; then it is drawn. Nobody can choose whom it picks.
draws-empty-title = There are no draws yet
draws-empty = A draw picks whom you ask so that you cannot choose. It serves above all for the private question.
draws-new = A new draw
draws-new-lead = Among the visits of some days that nobody was asked about. The list is published, and drawn half a day later.
draw-number = Draw { $n }
draw-state = How far
draw-days = Visits
draw-size = Picked
draw-listed = Taking part
draw-public = Public page
draw-is-promised = Seed promised; the list is open
draw-is-listed = List closed; drawn half a day later
draw-is-drawn = Drawn
draw-is-abandoned = Cancelled before it was drawn
draw-for-review = to ask for a review
draw-for-census = for the private question
draw-from = Visits from
draw-until = Until
draw-promise = Publish the fingerprint and begin
draw-abandon = Cancel the draw
draw-abandon-no = Keep it
draw-abandon-question = Cancel this draw? It will be seen that it was cancelled.
draw-days-wrong = Choose 30 days at most, and none before 23 days ago.
draw-overlaps = There is an open draw about those days already.
draw-title = Draw { $n } of { $business }
draw-lead-review = This draw decides which customers are asked for a review.
draw-lead-census = This draw decides which customers are asked one question in private.
draw-promised = Seed promised
draw-seed-hash = Fingerprint of the seed (SHA-256)
draw-closed = List closed
draw-took-part = { $n ->
    [one] { $n } takes part
   *[other] { $n } take part
  }
draw-list-hash = Fingerprint of the list (SHA-256)
draw-drawn = Drawn
draw-seed = Seed
draw-left-out = Not taking part:
draw-again = Run it again
draw-again-lead = Save the numbers of the list in list.txt, one to a line. These two lines give the same picks:
draw-again-program = With the program:
draw-list = List and result (JSON)
draw-proves = It proves that the seed was fixed before the list, and the list before the draw. It does not prove that every customer is in it: each invitation names its number, so that you can look for it.

public-draws = Draws
public-draws-lead = Whom we ask is decided by a draw that anybody can run again.

out-title = No more of these
out-lead = { $business } will not write to you again to ask.
out-yes = I want no more of these
out-done-title = Done
out-done = { $business } will not write to you again to ask. If you have a complaint, they will still answer it.

invite-codes-title = Posters and codes
invite-codes-lead = For whoever leaves no address: a poster, the code of the day, or a code on each receipt.
codes-form = Your form:
codes-poster = Poster
codes-poster-lead = It leads to your own form, never to another site.
codes-poster-a4 = A4 poster
codes-poster-a6 = A6 card
codes-poster-four = Four cards on one A4
codes-today = Today's code
codes-today-lead = Say it at the till or put it on the receipt: whoever types it proves that they came today. It changes every day.
codes-today-card = Card with today's code
codes-labels = Codes for one use
codes-labels-lead = Each is good for one review. They print on sheets of 24 labels of 70 × 36 mm; your till can ask for them through the API.
codes-labels-size = How many
codes-labels-days = Good for
codes-labels-days-hint = Days from today.
codes-labels-make = Make and download
codes-table = Codes made
codes-made = Made
codes-size = How many
codes-used = Used
codes-until = Good until
problem-too-many-codes = These are too many codes for one day.
problem-too-many-codes-hint = Wait until tomorrow or ask for fewer.
poster-headline = How was it?
poster-line = Tell us in a minute, good or bad.
poster-code = Code of { $day }
poster-alt = QR code of { $address }
poster-footer = We ask everyone. We don't filter.
label-instructions = How was it? Tell us with this code.

task-invitations = { $n ->
    [one] { $n } invitation leaves by itself today
   *[other] { $n } invitations leave by themselves today
  }
