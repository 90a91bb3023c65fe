# The list of mentions and the page of each.

mentions-title = Mentions
mentions-lead = Everything people say about you, newest first.
mentions-back = Mentions
mentions-pages = Pages of mentions
mentions-none-title = Nothing matches
mentions-none = Try fewer filters or another word.
mentions-empty-title = No mentions yet
mentions-empty = Import your reviews or add a source, and they will appear here.
page-first = Back to the newest
page-older = Older

filter-label = Search and filter mentions
filter-search = Search the mentions
filter-submit = Search
filter-apply = Apply
filter-summary = Filters
# $n: filters that are set
filter-active = { $n ->
    [one] One set
   *[other] { $n } set
}
filter-any = Any
filter-clear = Remove the filters
filter-sentiment = How it sounds
filter-stars = Stars
filter-reply = Answer
filter-source = Source
filter-language = Language

mention-title = Mention
mention-see = See
mention-original = See the original
mention-your-reply = Your answer
mention-edited = Changed by its author
mention-no-author = Someone unnamed
mention-no-date = No date
mention-no-text = No text, only stars

answer-title = Has it been answered?
answered-lead = Yes, it has been answered.
# $date: the day of the answer
answered-on = That was on { $date }.
answered-undo = It has not been answered after all
unanswered-lead = We know of no answer. Answer from here or, if you already did, mark it so that we stop reminding you.
answer-open = Answer
answer-see = See the answer
answered-mark = I have answered it

reading-title = How we read it
reading-not-yet = We have not read it yet. It usually takes seconds: reload the page.
reading-sounds = Sounds
reading-language = Language
reading-sure = Sure?
reading-very-sure = Yes, very sure
reading-fairly-sure = Fairly sure
reading-barely-sure = Only just
reading-unsure = Not sure enough to say
reading-stars-good-text-bad = The stars are good, but the text sounds like a complaint. Read it slowly.
reading-stars-bad-text-good = The stars are bad, but the text sounds good. Perhaps they slipped when rating: ask them.
reading-machine = A program read it, right here, without sending it to anybody. It is sometimes wrong.

revisions-title = What it said before
revision-until = Until
revision-text = Text
mentions-waiting-lead = Only those waiting for an answer: three stars or fewer and not answered.

# The list of mentions: more filters
filter-cause = Why they complain
filter-aspect = What they complain about
filter-term = Watched name

# Why somebody complains
cause-broken-promise = Broken promise
cause-bad-product = Bad product
cause-bad-service = Bad service
cause-other = Other complaint
cause-unsure = Complaint without a clear cause
cause-none = Not a complaint

# What is spoken of
aspect-food = Food
aspect-drinks = Drinks
aspect-variety = Choice
aspect-service = Service
aspect-staff = Staff
aspect-wait = Wait
aspect-price = Price
aspect-cleanliness = Cleanliness
aspect-room = Room
aspect-comfort = Comfort
aspect-facilities = Facilities
aspect-location = Location
aspect-ambience = Atmosphere
aspect-product = Product
aspect-design = Design
aspect-delivery = Delivery
aspect-packaging = Packaging
aspect-app = Website or app
aspect-refund = Refund
aspect-booking = Booking
aspect-payment = Payment
aspect-warranty = Warranty
aspect-contact = Contact
aspect-safety = Safety
aspect-information = Information
aspect-general = Overall

# What the author wants
intent-complaint = complains
intent-question = asks
intent-praise = praises
intent-boycott-threat = calls on others not to buy
intent-legal-threat = announces a claim or legal action
intent-contact-request = asks to be contacted

standing-local = Somebody local
standing-visitor = Somebody from elsewhere
standing-not-customer = Somebody who was not a customer
standing-unsure = Does not say

# The reading of a mention
reading-aspects = Speaks of
reading-cause = Why they complain
reading-intents = What they do
reading-standing = Who writes
reading-places = Places
reading-names = Watched names
reading-you-said = Yes: you said so
reading-by-copy = It is almost the same as another that you corrected, so we read it as you said.
reading-by-learnt = We read it this way because of what we learnt from your corrections.
reading-why = Why we read it this way
why-words-negative = Sounding bad: { $words }.
why-words-positive = Sounding good: { $words }.
why-turned = Turned round by a negation: { $words }.
why-cause = Weighing for the cause: { $words }.
why-intents = What they do shows in: { $words }.
why-stars = The stars counted as well.
why-nothing = No word weighed much.
correct-sentiment = Does it sound different? Correct it with one tap
correct-cause = Tell us why they complain
correct-cause-other = Are they complaining about something else?
corrected-sentiment = You said it sounds { $said } (we read: { $was }).
corrected-cause = You said the cause is: { $said } (we read: { $was }).
corrected-undo = Undo

# What was learnt
learnt-title = What was learnt
learnt-link = See what was learnt
learnt-lead = Each of your corrections holds at once for that mention and for those almost the same. Together they adjust how we read the others.
learnt-empty-title = You have not corrected anything yet
learnt-empty = When a mention was read wrongly, open it and tap: here you will see what we learnt, and you can undo it.
learnt-empty-action = See the doubtful ones
learnt-effect-title = What changed
learnt-effect = { $n ->
    [0] No correction is in force.
    [one] One correction is in force.
   *[other] { $n } corrections are in force.
} { $copies ->
    [0] No other mention is almost the same.
    [one] One mention almost the same is read as you said.
   *[other] { $copies } mentions almost the same are read as you said.
} { $others ->
    [0] The others are read as before.
    [one] One other is read differently because of what was learnt.
   *[other] { $others } others are read differently because of what was learnt.
}
learnt-only-here = It holds only for your business and stays on this computer. If you undo a correction, it is as if you had never made it.
learnt-waiting = From { $min } corrections of how mentions of one language sound, we begin to adjust the other readings.
learnt-active = We now adjust the other readings.
learnt-words = Words that weigh differently now: { $words }.
learnt-idle = For now we leave the others alone: with what was corrected we would not read better.
learnt-row = From “{ $was }” to “{ $said }”
learnt-by-nobody = Somebody who has left
learnt-undone = Undone on { $date }
learnt-pages = Pages of corrections

# Causes
causes-title = Causes
causes-lead = What people complain about, why, and whether what you changed worked.
week = Week
week-title = The cause of the week
week-none = Nobody has complained in the last four weeks, as far as we know.
week-not-yet = { $n ->
    [one] There is one complaint in the last four weeks.
   *[other] There are { $n } complaints in the last four weeks, but no { $min } alike.
} It cannot be said yet that they have one cause.
week-count = { $n } of { $all } complaints in the last { $days } days ({ $between }).
week-see-all = See the mentions
week-mark-fix = I fixed it
share-between = between { $low } and { $high }
share-nothing = no mentions
interval = Between
by-cause-title = All complaints
by-cause-lead = { $n ->
    [one] One complaint in the last four weeks.
   *[other] { $n } complaints in the last four weeks.
}
by-cause-why = Cause
by-cause-count = Complaints
by-cause-share = Part of the total
aspects-title = What they speak of
aspects-none = There is nothing yet that at least { $min } mentions speak of.
aspects-lead = Of { $n } mentions read in the last { $weeks } weeks. The change compares with as many weeks before.
aspects-aspect = What
aspects-blame = Complain
aspects-praise = Praise
aspects-change = Change
change-nothing-before = No weeks before
change-more = More than before: { $before }
change-fewer = Fewer than before: { $before }
change-same = Before { $before }; may be chance

# Did it work?
fix-title = { $aspect }: did it work?
fix-since = Since { $date }
fix-before = Before: { $hits } of { $n } mentions complained ({ $between }).
fix-after = After: { $hits } of { $n } ({ $between }).
fix-worked = It worked: complaints fell, by between { $least } and { $most } in every hundred mentions.
fix-worse = It got worse: complaints rose, by between { $least } and { $most } in every hundred mentions.
fix-cannot-tell = It cannot be said yet: the change could be chance.
fix-too-early = Too early to say: it takes a week and ten mentions on either side.
fix-nothing-before = We heard no complaints about this before or after.
fix-forget = Remove this note
weeks-title = Complaints week by week
weeks-summary = Part of each week's mentions that complain. { $aspect }: the line marks the change, { $date }.
weeks-value = Complain
weeks-count = Mentions
add-fix-title = I changed something
add-fix-lead = Tell us what you fixed and since when. We will compare the complaints of { $weeks } weeks before and after.
add-fix-aspect = To improve
add-fix-what = What you changed
add-fix-what-hint = For example: one more person on Saturdays.
add-fix-since = Since
add-fix-submit = Note it
fix-what-missing = Write what you changed.
fix-since-wrong = Choose a day of the last two years, not after today.
fix-too-many = Fifty changes are noted. Remove one before noting another.

# Watched names
watch-title = Watched names
watch-lead = Brands, products and people that we look for in everything that comes, with or without accents. A new name is also looked for in the 5,000 latest mentions.
watch-empty-title = You watch no name yet
watch-empty = Add your brand, a dish, a model or somebody of your team, and see what is said of each.
watch-add-title = Watch names
watch-names = Names
watch-names-hint = One per line. What you choose below holds for all of them.
watch-kind = What they are
watch-kind-brand = My brand
watch-kind-product = A product
watch-kind-person = A person
watch-kind-competitor = A competitor
watch-required = Only if it also says
watch-required-hint = Separated by commas; one is enough. For “Mango”, the shop: clothes, size, fitting room.
watch-excluded = Never if it says
watch-excluded-hint = Separated by commas. For “Mango”, the shop: fruit, juice.
watch-add-submit = Watch
watch-searching = We are looking for it
watch-found = { $n ->
    [0] Not found yet
    [one] In one mention
   *[other] In { $n } mentions
}
watch-only-with = only with: { $words }
watch-never-with = never with: { $words }
watch-see = See
watch-forget = Stop watching
watch-shown = The first { $shown } of { $all } are shown.
watch-name-missing = Write at least one name.
watch-name-short = A name needs at least two letters.
watch-name-long = A name can have up to eight words.
watch-name-address = A web address is not a name.
watch-not-one-word = Separate the words with commas: one word each.
watch-too-many-at-once = Add up to a thousand names at once.
watch-too-many-words = Thirty words are enough.
watch-too-many = { $max } names fit.
mentions-days-lead = Only of the last { $days } days.
aspects-more = What else they speak of
