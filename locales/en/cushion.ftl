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
