# The organisation's own reviews, the private question and the device in the shop.

source-own-form = Your own review page
source-census = Private question to your customers

# $name: the business
review-title = How was it at { $name }?
review-lead = Tell it as it was, good or bad. { $name } reads everything that comes in here.
review-places = If you would rather tell it somewhere else, you can also:
review-day = Which day was it?
review-day-hint = By law, a review is about something bought or used in the last 30 days.
# $day: the day
review-day-known = About your visit on { $day }.
review-stars = How many stars do you give?
review-stars-1 = 1 star: very bad
review-stars-2 = 2 stars: bad
review-stars-3 = 3 stars: average
review-stars-4 = 4 stars: good
review-stars-5 = 5 stars: very good
review-text = Tell us what happened
review-name = Your name, or your initials
review-name-hint = This is what others will see. If you leave it empty, no name is shown.
review-code = Code
review-code-hint = If your receipt or the poster has a code, type it: it shows that you are a customer.
review-photo = A photo
review-photo-hint = Choose a photo. We remove the data inside it, such as place and time.
review-photo-large = That photo is larger than 8 MB. Choose a smaller one.
review-photo-unreadable = We could not read that photo. Try another one, in JPEG, PNG or WebP.
review-photo-again = Please choose the photo again: the browser does not keep it.
review-send = Send
review-trap = Leave this empty

review-day-missing = Tell us which day it was.
review-day-future = That day has not come yet.
review-stars-missing = Choose one of the five answers.
review-text-long = The text is too long: there is room for 4,000 characters.
review-name-long = The name is too long: there is room for 80 characters.
review-code-unknown = We do not know that code for that day. Look at it again, or leave it empty.
review-code-used = That code has been used already. If it was not you, leave it empty and send it all the same.
review-code-over = That code is past its date. Leave it empty and send it all the same.
review-code-many = Too many codes have been tried from here. Leave it empty, or try again in an hour.
review-stale = This page had been open for a long time. What you wrote is still here: send it again.
review-too-quick = That was very quick, and we want to be sure that you are a person. Look it over and send it again.
review-trapped = A field that nobody sees was filled in, as programs do. Send it again.
review-work-used = That had been used for another review already. Send it again.
review-full = Many reviews are arriving right now. Try again in an hour; with a code from your receipt it goes through at once.

review-thanks = Thank you
review-thanks-lead = What you wrote has reached { $name }, just as it is.
# $contact: how to reach the business
review-thanks-change = If you want to correct it or have it removed, say so here: { $contact }. Say which day you wrote it.
review-already-title = We have it already
review-already = Your answer arrived safely. Thank you.
review-over-title = More than a month has passed
review-over = By law, a review is about something of the last 30 days, so we can no longer take this one. What happened to you matters to us all the same.
review-over-contact = Tell the business in private: { $contact }.

review-privacy-title = Who keeps this, and what for
review-how-shown = { $name } may publish what you write, with the name you give, the stars, the day and the photo. Nothing is removed or hidden for what it says.
review-how-checked = If you came by an invitation or with a code, the review is called verified. If not, it says that its writer states it. Nothing is paid or given for a review.
review-privacy = { $name } keeps it, to know how it is doing, to answer you and to improve; it relies on its legitimate interest. It does not keep the internet address you write from, does not follow you and gives your data to nobody.
review-privacy-rights = You may ask to see it, correct it, have it deleted, or object: { $contact }. If they do not listen, you can complain to the data protection authority (in Spain, the AEPD).

census-title = How was your visit to { $name }?
census-lead = One question and, if you like, a comment. It is private: it is not published.
census-grade = How did you leave?
census-grade-1 = 1: very unhappy
census-grade-2 = 2: unhappy
census-grade-3 = 3: neither one nor the other
census-grade-4 = 4: happy
census-grade-5 = 5: very happy
census-text = Anything you would like to tell us?
census-how-used = { $name } counts everybody's answers together, to know how many people leave happy. The business reads your comment and does not publish it.

reviews-title = Your own reviews
reviews-lead = Those that come by your page, your invitations and the device in the shop. All of them, the newest first.
reviews-form = The address of your review page:
reviews-none = There are none yet
reviews-none-hint = They will come when you invite your customers, hang up the poster or put a device in the shop.
reviews-list = Reviews
reviews-pages = Pages of reviews
reviews-older = Older
reviews-newest = The newest
reviews-order = By date
reviews-figures = All together
reviews-all = Reviews
reviews-verified = By verified customers
reviews-declared = The writer says to be a customer
reviews-refused = Not taken: more than 30 days had passed
# $day: the day
reviews-day = There on { $day }
reviews-no-name = No name
reviews-no-text = Stars only
reviews-open = Open
reviews-photo = The photo that came with it
reviews-at-kiosk = At the device in the shop
proof-invitation = Verified by invitation
proof-receipt-code = Verified by receipt code
proof-daily-code = Verified by the code of the day
proof-declared = Says to be a customer

kiosk-title = Device in the shop
kiosk-about = A tablet or an old phone by the till, so that anybody can tell you how it was. It also works without a connection, and never opens other people's pages.
kiosk-none = There is no device yet
kiosk-none-hint = Give it a name and open the address we give you on the device.
kiosk-add = Add a device
kiosk-name = What you call it
kiosk-name-hint = For example: tablet at the bar
kiosk-name-missing = Give it a name of up to 60 characters.
kiosk-too-many = There are twenty devices already. Remove one before you add another.
kiosk-make = Make its address
kiosk-made = Open it on the device
kiosk-made-once = This address is shown only once. Whoever has it can write reviews from it.
kiosk-made-how = Open it on the device, with a connection the first time, and add it to its home screen to see it whole.
kiosk-qr = QR code with the device's address
# $date: the date
kiosk-revoked = Removed on { $date }
kiosk-heard = Last sent something on { $date }
kiosk-unheard = Made on { $date }; it has not sent anything yet
kiosk-revoke = Remove
kiosk-keep = Keep it
# $name: the device
kiosk-revoke-sure = Remove “{ $name }”? What it keeps and has not sent will not arrive.
kiosk-lead = Tell it as it was, good or bad. { $name } reads everything.
# The 9 is replaced by the number.
kiosk-waiting = Answers kept on this device until there is a connection: 9.
kiosk-locked = This device can no longer send. Tell whoever put it here.
kiosk-still = Are you still there?
# The 9 is replaced by the seconds.
kiosk-countdown = What you wrote will be cleared in 9 seconds.
kiosk-stay = I am here
kiosk-again = Somebody else wants to answer
kiosk-day-old = By law we can only take reviews of the last 30 days. Please tell whoever is serving you.
kiosk-privacy = { $name } keeps it to know how it is doing and to answer you, and may publish it with the name you give. Nothing is removed for what it says. To see it, correct it or have it deleted, tell whoever is serving you.
problem-kiosk-full = There is no room right now
problem-kiosk-full-hint = Many answers came within an hour. Try a little later.
