# The two numbers of How much can I take?: Rating and Cushion.

nota-title = Rating
nota-unit = of 5
# $low and $high: the ends; $n chooses the plural of $count, already written
nota-interval = { $n ->
    [one] between { $low } and { $high } · { $count } review
   *[other] between { $low } and { $high } · { $count } reviews
}
nota-sentence = The mean of all your stars. Recent ones weigh more.
nota-not-yet = Import your reviews with stars and we will tell you.
nota-formula = It is the mean of the stars of all your sources: after { $days } days a review weighs half, and everybody starts with { $weight } reviews of { $mean } stars so that two friends do not make a five. It takes { $min } reviews; the interval is right nine times out of ten.

cushion-title = Cushion
# $n: how many
cushion-unit = { $n ->
    [one] angry customer
   *[other] angry customers
}
# $low and $high: the ends, already written; $n chooses the plural of $count
cushion-interval = { $n ->
    [one] after an ordinary week, between { $low } and { $high } · { $count } review on { $source }
   *[other] after an ordinary week, between { $low } and { $high } · { $count } reviews on { $source }
}
# $n: one-star reviews until it falls below the threshold; $good: five-star ones that buy one more
cushion-sentence = { $n ->
    [0] On { $source }, people already see less than { $threshold }.
    [one] With one more one-star review, people will see less than { $threshold } on { $source }.
   *[other] With { $n } one-star reviews in a row, people will see less than { $threshold } on { $source }.
} { $good ->
    [one] Each five-star review leaves room for one more.
   *[other] Every { $good } five-star reviews leave room for one more.
}
# $n: bad ones still missing; $bad: those already among the last ten
cushion-sentence-ten = { $n ->
    [one] With one more bad review, most of the last ten on { $source } will be bad, and that is what a stranger reads first.
   *[other] With { $n } bad reviews in a row, most of the last ten on { $source } will be bad, and that is what a stranger reads first.
} { $bad ->
    [0] None of them is now.
    [one] One of them is now.
   *[other] { $bad } of them are now.
}
cushion-ten-gone = Of the last ten reviews on { $source }, { $bad } are bad, and that is what a stranger reads first. The next good ones will push them down.
cushion-not-yet = It is counted source by source: it takes a fair number of reviews with stars in the same one.
cushion-formula = We add one-star reviews, one by one, until the rating that people see on a source (r: stars, τ: threshold minus half a rounding step) falls below the threshold, or until six of the last ten have two stars or fewer: whichever comes first. The source that takes least decides, and it needs { $min } reviews.

cushion-table = Angry customers each source can take
cushion-shown = Rating people see
cushion-threshold = Threshold
cushion-until = By the mean
cushion-until-ten = By the last ten
# when the newest ten give way first: what the mean alone would take
cushion-interval-mean = { $n ->
    [one] the mean on { $source } takes { $k }; after an ordinary week, between { $low } and { $high } · { $count } review
   *[other] the mean on { $source } takes { $k }; after an ordinary week, between { $low } and { $high } · { $count } reviews
}
cushion-interval-same = { $n ->
    [one] after an ordinary week, { $low } · { $count } review on { $source }
   *[other] after an ordinary week, { $low } · { $count } reviews on { $source }
}
cushion-interval-mean-same = { $n ->
    [one] the mean on { $source } takes { $k } · { $count } review
   *[other] the mean on { $source } takes { $k } · { $count } reviews
}

cushion-more = How much I can take, and what if…
cushion-lead = How many angry customers what people see of you can take, what would happen in a bad week, and how to make it thicker.
cushion-places = How much each place takes
cushion-places-hint = “With fresh eyes” is what somebody sees who gives old reviews less weight: after ninety days one counts half. That is why that cushion wears out by itself when nobody writes. “In a week” reckons with the reviews you usually get: the first number holds nine times out of ten.
# $source: the place
cushion-perceived = { $source }, with fresh eyes
cushion-takes = It takes
# $k: how many; $threshold: the threshold
cushion-takes-words = { $k } until less than { $threshold }
cushion-week = In a week
# $least: at least, nine times out of ten; $low and $high: the ends
cushion-week-words = { $least } or more ({ $low } to { $high })
cushion-runway = If nobody writes
cushion-runway-never = stays
cushion-runway-gone = none is left
# $n: days
cushion-runway-days = { $n ->
    [one] half in a day
   *[other] half in { $n } days
}
cushion-words = In a word
cushion-level-none = No cushion
cushion-level-thin = Thin: one bad week of yours is enough
cushion-level-fair = Just enough
cushion-level-good = Good
cushion-level-thick = Thick

stress-title = What if, this week…?
# $n: how many; $threshold: the threshold; $source: the place
stress-now = { $n ->
    [0] On { $source }, people already see less than { $threshold }.
    [one] With one more angry customer, people will see less than { $threshold } on { $source }.
   *[other] On { $source } it takes { $n } angry customers until people see less than { $threshold }.
}
stress-lead = Move the slider: this is how it would look if so many wrote this week (one star each) and nobody else did.
stress-question = Angry customers, from 0 to 40
stress-submit = See what would happen
stress-table = Every case, from 0 to 40
stress-angry = Angry customers
stress-shown = Rating people would see
stress-ten = Among the last ten
# $shown: the rating; $threshold: the threshold
stress-below = { $shown } (less than { $threshold })
# $bad: how many
stress-bad-of-ten = { $bad ->
    [0] no bad one
    [one] one bad one
   *[other] { $bad } bad ones
}

bought-title = What each ordinary review buys
# $n: how many; $mean: mean of yours; $source: the place
bought = { $n ->
    [one] One ordinary review of yours leaves
   *[other] { $n } ordinary reviews of yours leave
} room for one more angry customer (mean { $mean } on { $source }).
# $mean: mean of yours; $source: the place
bought-nothing = The reviews you get now ({ $mean } on average on { $source }) do not make the cushion thicker: they make it thinner. Fix first what goes wrong.
bought-few = There are too few reviews in the last year to say how much each one buys.
bought-how = Ordinary is the mix of stars of your last year, without choosing the good ones.

first-title = What a stranger reads first
first-lead = The mean moves slowly. What is on top does not.
# $source: the place; $bad: bad ones now; $n: how many angry customers
first-ten = Of the last ten on { $source }, { $bad ->
    [0] none is bad
    [one] one is bad
   *[other] { $bad } are bad
}. { $n ->
    [one] With one angry customer
   *[other] With { $n } angry customers
} in a week there is already more than one chance in ten that four of them will be.
first-ten-risky = Of the last ten on { $source }, { $bad ->
    [0] none is bad
    [one] one is bad
   *[other] { $bad } are bad
}; even if nobody else gets angry, there is more than one chance in ten that four of them will be in a week.
first-ten-safe = Of the last ten on { $source }, { $bad ->
    [0] none is bad
    [one] one is bad
   *[other] { $bad } are bad
}. So many people write that not even hundreds of angry customers would change them.
# $days: days; $all and $negative: mentions; $n: how many
first-share = In the last { $days } days, { $negative } of { $all } mentions are negative. { $n ->
    [one] One more negative one
   *[other] { $n } more negative ones
}, and it would be four out of ten.
first-share-bad = In the last { $days } days, { $negative } of { $all } mentions are negative: four out of ten, or more.
first-share-few = In the last { $days } days there are { $all } mentions: too few to speak of the negative part.
# $share: part of the attention; $n: how many
first-page = Whoever reads the last ten mentions from the top gives { $share } of the attention to the negative ones. { $n ->
    [one] One more
   *[other] { $n } more
}, and it would be more than a quarter.
first-page-bad = Whoever reads the last ten mentions from the top gives { $share } of the attention to the negative ones: more than a quarter.
# $n: how many
first-page-few = { $n ->
    [0] There are no mentions yet
    [one] There is one mention
   *[other] There are { $n } mentions
}: with ten we will say how your first page reads.
first-how = “Bad” is two stars or fewer or, without stars, what sounds bad. The attention by place is that of a page of search results: 28% the first, 2% the tenth.

cases-title = If what happened to others happened to you
# $source: the place
cases-lead = Three campaigns, laid on your reviews on { $source } as if they began today and nobody else wrote.
cases-hint = Of the clinic we know the 33 reviews within about six days, not how many each day: we spread them evenly. Nobody published how many each bar of Arribes got: we assume eight. The drip happened to no one in particular: it is the kind that is hard to see.
case-vet = The vet of Santander
case-vet-story = After one angry client, 33 bad reviews within about six days, where five a month were usual. It ended at 2.84 stars, and a court granted it €34,895.
case-villages = The bars of Arribes
case-villages-story = In July 2025, within twelve hours, freshly made profiles gave bad stars to the bars of many villages of Arribes (Salamanca, Spain). Here, eight in one day.
case-drip = The drip
case-drip-story = Eight bad reviews in twelve days, each by another person: too slow to catch the eye.
# $source: where it was told
cases-source = Told by { $source }.
# $day: the day; $threshold: the threshold; $end: the rating in the end
cases-fell = { $day ->
    [one] On the first day
   *[other] On day { $day }
} people would already have seen less than { $threshold }; in the end, { $end }.
cases-held = On no day would people have seen less than { $threshold }; in the end, { $end }.
cases-already = People already see less than { $threshold }; in the end, { $end }.
# $case: the campaign
cases-days = Day by day: { $case }
cases-day = Day
cases-so-far = Bad ones so far

plan-title = A plan to make it thicker
plan-lead = Ask everyone for a review, little by little. How many, to take what you want to take?
plan-target = Angry customers you want to take
plan-until = By this day
plan-per-day = Invitations a day, at most
plan-per-day-hint = Little by little: a sudden flood of reviews makes Google remove or freeze them.
plan-submit = Work it out
plan-enough = There is no need to ask: with what already comes on { $source } you will most likely take { $target ->
    [one] one angry customer
   *[other] { $target } angry customers
} or more by { $day }.
plan-fix-first = Fix the product first. The reviews you get are below what looks good: inviting would lower the average, and bring you no nearer to taking { $target ->
    [one] one angry customer
   *[other] { $target } angry customers
} on { $source } by { $day }.
plan-out-of-reach = Taking { $target ->
    [one] one angry customer
   *[other] { $target } angry customers
} on { $source } by { $day } cannot be reached by asking for reviews, however many.
# $n: how many; $low and $high: by how many answer; $target: angry customers; $day: the day
plan-invite = It would take some { $n } invitations (between { $low } and { $high }, by how many answer) to take { $target ->
    [one] one angry customer
   *[other] { $target } angry customers
} on { $source } by { $day }, with eight chances out of ten.
# $answers: how many
plan-answers = Some { $answers } reviews would come of them, with the same mix of stars as what you get already.
# $per_day: a day; $most: in all
plan-fits = At { $per_day } a day, up to { $most } leave in time: they fit.
# $certainty: chances
plan-too-slow = At { $per_day } a day only { $most } leave in time, and with those the chance is { $certainty }. Give it more days or aim lower; do not send more at once.
plan-no-visits = We do not know yet how many customers come. Only who came less than 25 days ago and gave you leave may be asked.
# $visits: visits of the last four weeks; $come: those that will come in time
plan-enough-visits = Only who came less than 25 days ago may be asked. At your pace ({ $visits } visits in four weeks) some { $come } would come in time: enough.
plan-few-visits = Only who came less than 25 days ago may be asked. At your pace ({ $visits } visits in four weeks) some { $come } would come in time: not enough.
# $answered of $asked; $low and $high: the ends
plan-rate-own = How many answer we know from your own invitations: { $answered } of { $asked }, that is, between { $low } and { $high }.
# $min: how many it takes; $asked: those there are
plan-rate-usual = How many answer we take from elsewhere, between 3.6% and 9% of those who get an e-mail (PowerReviews and local firms), until there are { $min } invitations of yours; so far { $asked }.
plan-honest = The plan does not promise who answers, nor what, nor where: ask everyone alike, or whom a lot chooses.
plan-invitations = Go to the invitations

majority-title = The silent majority
majority-back = Back to the cushion
majority-lead = Whoever speaks in public is no sample of your customers. This compares what people see with what customers answer in private who were chosen without looking at how it went.
majority-empty-title = We have not asked anybody yet
majority-empty = Let a lot choose some customers and ask them one question in private: how was it? With twenty answers something can begin to be said.
majority-empty-action = Ask customers
majority-private = Only you who sign in here see it. Nothing of this is published.
majority-cannot-say = It cannot be said yet
# $min: how many
majority-few-answers = There are fewer than { $min } answers. With so few, any figure would be chance.
majority-low-response = Fewer than { $min } of those who got the question answered. Those who keep silent may be very different.
# $max: width
majority-too-wide = The answers leave a margin of more than { $max }: too wide to say anything useful.
# $customers: customers; $low and $high: satisfied ones
majority-people = Of your { $customers } customers of the last three months, between { $low } and { $high } were satisfied.
majority-share = In the last three months, between { $low } and { $high } of your customers were satisfied.
majority-little-public = In public there are too few reviews of these months to compare with.
# $visible: out of ten
majority-no-difference = In public it looks like { $visible } out of ten. We cannot say that it differs: the satisfied may answer more, or less.
majority-more-than-seen = In public it looks like { $visible } out of ten. More are satisfied than it looks, even if the satisfied answered three times as much.
majority-fewer-than-seen = In public it looks like { $visible } out of ten. Fewer are satisfied than it looks, even if the satisfied answered a third as much: see what goes wrong before people notice.
majority-figures = The figures
majority-satisfied = Satisfied (four or five of five)
majority-band = If the satisfied answer three times as much, or a third as much
majority-last-wave = If those who keep silent are like those who answered after the reminder
majority-by-month = If each month counts by its visits
majority-worst = If none of those who keep silent is satisfied, or if all are
majority-visible = What people see in public
majority-gap = Difference
majority-silent = Satisfied customers who have said nothing in public
# $low and $high: the ends
majority-between = between { $low } and { $high }
# $middle: the difference; $low and $high: the ends
majority-points = { $middle } points (between { $low } and { $high })
majority-unequal = Some were more likely than others to get the question; each answer weighs what it should.
majority-how = We count the satisfied among those who answered, chosen by lot or by asking everyone; the interval is right nine times out of ten. Because answering may have to do with being satisfied, we also give what it would be if the satisfied answered three times as much or a third as much, and the worst and best possible. Public are the stars of these months, without those of your own form.
majority-answers = Who answered
# $answers of $asked; $low and $high: the ends
majority-answered = { $answers } of { $asked } answered (between { $low } and { $high } of those who get the question).
# $n: how many
majority-late = { $n ->
    [one] One answered after the reminder.
   *[other] { $n } answered after the reminder.
}
majority-unchosen = { $n ->
    [one] One more answer came by a code or on the device in the shop; it does not count here, because nobody chose who gave it.
   *[other] { $n } more answers came by a code or on the device in the shop; they do not count here, because nobody chose who gave them.
}
majority-customers = How many customers they are
majority-counted = { $n ->
    [0] We have no visits of these three months.
    [one] We have one customer of these three months.
   *[other] We have { $n } different customers of these three months.
}
majority-customers-label = Customers of the last three months
majority-customers-hint = If you know a better number (the till, the diary), write it. It is not kept.
majority-customers-submit = Use this number
