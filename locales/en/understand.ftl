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
unanswered-lead = We know of no answer. Answer where it was written and mark it here, so that we stop reminding you.
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
