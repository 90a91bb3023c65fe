# Warnings: what is out of the ordinary, and what to do.

warnings-title = Warnings
warnings-lead = What is out of the ordinary for you. We tell you early, and we tell you why.
warnings-back = Warnings
warnings-quiet-title = All quiet
# $n: mentions read in seven days
warnings-quiet = { $n ->
    [0] Nothing is out of the ordinary. No mention has come in the last seven days.
    [one] Nothing is out of the ordinary. In the last seven days we have read one mention.
   *[other] Nothing is out of the ordinary. In the last seven days we have read { $n } mentions.
}
warnings-new-title = We are still learning what is usual
warnings-new = Bring your reviews or add a source. With a few weeks of history we will know what is out of the ordinary.
warnings-weighing-title = Going through what has just come in
warnings-weighing = Mentions have come in that we have not weighed yet. It mostly takes a minute: this page reloads by itself.
warnings-incident-title = An incident is open
warnings-incident = No other warning is open. Go on with the incident until it is settled.
warnings-nobody-title = We cannot warn you yet
warnings-nobody = Nobody gets the warnings: add your phone or your e-mail.
warnings-nobody-action = Add where to warn you
warnings-waiting = We are going through your history to learn what is usual for you. It mostly takes less than a minute.
warnings-past = Earlier ones
warnings-past-none = None yet.
warnings-older = Older
warnings-newest = Back to the latest
warnings-settings = When we warn you
warnings-notices = How we warn you
warnings-map = Where people are unhappy
warnings-map-summary = Open warnings, by province.
warnings-see = See
# $date: day
warnings-closed-on = Until { $date }

level-watch = Look
level-notice = Notice
level-alarm = Alarm
level-watch-why = It may be chance. Have a look: nobody interrupted you for this.
level-notice-why = It is more than chance explains.
level-alarm-why = There are many voices, and signs that it is not chance.
level-alarm-many = There are so many voices that chance does not explain it.
state-open = Open
state-ended = It has calmed down
state-closed = Closed
verdict-handled = Dealt with
verdict-nothing = It was nothing

# $n: voices; $where: where, already written, with a space in front, or nothing
warn-headline = { $n ->
    [one] One unhappy voice{ $where }
   *[other] { $n } unhappy voices{ $where }
}
# $where: the same
warn-title = More complaints than usual{ $where }
warn-unit = { $n ->
    [one] unhappy voice
   *[other] unhappy voices
}
warn-almost-none = almost 0
warn-in-place = in { $place }
warn-in-province = in the province of { $place }
warn-in-spain = in Spain
# $place: code of the country
warn-in-country = in the country { $place }
warn-in-source = on { $source }
warn-one-source = one source
warn-about = about “{ $topic }”
# $language: language, as it stands in a sentence
warn-in-language = written in { $language }
warn-copies = with almost the same words
# $usual: already written; $n: rounded; $since: moment
warn-usual = { $n ->
    [1] Usually there would be { $usual } in that time.
   *[other] Usually there would be { $usual } in that time.
} Since { $since }.
warn-rare-days = { $n ->
    [one] By chance alone, something like this could be expected at most once a day.
   *[other] By chance alone, something like this could be expected at most once in { $n } days.
}
warn-rare-months = { $n ->
    [one] By chance alone, something like this could be expected at most once a month.
   *[other] By chance alone, something like this could be expected at most once in { $n } months.
}
warn-rare-years = { $n ->
    [one] By chance alone, something like this could be expected at most once a year.
   *[other] By chance alone, something like this could be expected at most once in { $n } years.
}
warn-rare-decade = By chance alone, something like this could not be expected even once in ten years.
warn-provisional = A provisional warning: we have not listened for long and do not know yet what is usual.
# $share: percentage
warn-local = Probability that it happens just there and not elsewhere: { $share }.
warn-also = It also shows { $places }.
warn-grow-too-early = Can’t say yet whether it will grow: there are few voices.
warn-grow-unknown = Can’t say yet whether it will grow.
# $low and $high: voices
warn-grow-fading = Likely to fade: { $low } to { $high } more voices in seven days.
warn-grow-unclear = It may fade or go on: { $low } to { $high } more voices in seven days.
warn-grow-growing = Still growing: { $low } to { $high } more voices in seven days.

warn-quotes = What they say
# $author, $date
warn-quote-by = { $author }, { $date }
warn-sure = How sure it is
warn-evidence = Signs
warn-evidence-note = Whoever repeats within a week counts once. These are counts, not a verdict. To complain at the same time, and to agree on doing so, is lawful.
warn-no-visits = We cannot compare them with your visits: Timón keeps none.
warn-n-of = { $n } of { $all }
warn-people = { $all } reviews by { $n } people
warn-fact-sources = Where
warn-fact-topics = What they complain about
warn-fact-places = Places they name
warn-fact-one-star = With one star
warn-fact-people = Who
warn-fact-new = Profiles we did not know
warn-fact-copies = Almost the same text
warn-fact-span = In how much time
warn-fact-visitors = Say they are passing through
warn-fact-not-customers = Say they are not customers
warn-fact-competitor = Name a competitor
warn-span-minutes = { $n ->
    [one] One minute
   *[other] { $n } minutes
}
warn-span-hours = { $n ->
    [one] One hour
   *[other] { $n } hours
}
warn-span-days = { $n ->
    [one] One day
   *[other] { $n } days
}
warn-series = Day by day
warn-series-summary = Unhappy voices of each day. The band is what is usual: at least four days of five lie in it.
warn-series-table = See the numbers
warn-series-empty = No days to draw yet.
warn-series-day = Day
warn-series-observed = Voices
warn-series-expected = Usual
warn-series-band = Usual band
warn-series-onset = It begins
warn-timeline = How it went
change-opened = We saw it
change-raised = It was raised
change-grown = It grew
change-ended = It calmed down
change-reopened = It came back
change-handled = You dealt with it
change-nothing = You said it was nothing
change-incident = You opened an incident
# $n: voices; $usual: usual, already written
change-figures = { $n ->
    [one] one voice, usual { $usual }
   *[other] { $n } voices, usual { $usual }
}
warn-found-late = We found it while going through what was already here: that is why we did not warn you at the time.

warn-next = What to do
warn-advice-watch = Read the reviews. If they are customers, answer as always. Nothing more is needed.
warn-advice-notice = Read the reviews and see whether something can be mended today. Answer whom you can, calmly and once.
warn-advice-alarm = Open an incident: gather what you know, decide what you say and who says it, and do not answer in anger.
warn-mentions = Read the reviews
warn-open-incident = Open an incident
warn-see-incident = See the incident
warn-dossier = Evidence dossier
warn-reopen = Open the warning again
warn-judged-lead = You closed it. If that was a mistake, open it again.
warn-judge = Is it over?
warn-judge-lead = You say it: so we know how often we warned for no reason.
warn-handled = I have dealt with it
warn-nothing = It was nothing

warn-voices = The reviews
warn-voices-list = List of reviews
past-open = still open
incident-open-own = Open one without a warning
tile-quiet = Quiet
tile-none = No warning
tile-province = Province
tile-state = How it is
warn-series-above = More than usual

# The dossier
dossier-title = Evidence dossier
dossier-lead = For the platform’s form or a lawyer: what was seen, by which method, and the reviews as they were published.
dossier-print = To keep it as a PDF, use “Print” in your browser.
dossier-download = Download the document
dossier-of = Dossier of { $name }
# $moment: when it was made
dossier-made = Made on { $moment } with Timón.
dossier-neutral = This document describes what was observed. It does not say that any review is false or that anybody acts in bad faith.
dossier-what = What was observed
dossier-method = By which method
dossier-method-text = The number of unhappy voices is compared with what would be usual for this business, from its own history, the hour, the day of the week and the rest of its mentions. What is usual is taken on the high side, so as not to exaggerate. All areas, sources, topics and languages are watched at once and share one budget of false alarms.
# $days: days
dossier-method-budget = Budget chosen: at most one false alarm in { $days } days on average.
dossier-ask = What to ask the platform for
dossier-ask-lead = Ask only for what you can support, review by review. Criticism, even when it hurts, breaks no rule.
dossier-ask-google = Google: in the business profile, “Report review”. Reasons it accepts: content that is not about a real experience, conflict of interest, harassment, personal data. One appeal is possible.
dossier-ask-trustpilot = Trustpilot: “Flag review” from the business account. You may ask that the author documents an experience of buying. Flagging the bad ones as a rule may be held against you.
dossier-ask-other = On other platforms: use their notice form (Digital Services Act, article 16): the exact address, why you believe it is illegal or breaks their rules, and your name and e-mail.
dossier-ask-law = In Spain, a business may ask for the removal of a review by somebody who is no customer, or that misleads, if it proves it reliably (article 20.4 TRLGDCU). Ask a lawyer before you accuse anybody.
dossier-voices = Reviews
# $n: shown; $all: all
dossier-voices-some = The latest { $n } of { $all } are shown.
dossier-voice-author = Signed by
dossier-voice-when = When
dossier-voice-utc = Date in UTC, as in the fingerprint
dossier-voice-source = Where
dossier-voice-stars = Stars
dossier-voice-url = Address
dossier-voice-hash = Fingerprint (SHA-256)
dossier-hash-what = Each review’s fingerprint is computed from its source, date, stars, address and text. Anybody can repeat it with the recipe at the end. That of the whole dossier is:
dossier-recipe = Recipe of the fingerprint: SHA-256 of these lines in UTF-8, separated by a line break: source, date in UTC (RFC 3339), stars or nothing, address or nothing, text. That of the dossier is the SHA-256 of the fingerprints, one a line.
dossier-none = This warning has no reviews left to show.

# When we warn you
budget-title = When we warn you
budget-lead = More sensitive means warned earlier, and wrong more often. You choose how much.
budget-question = How many false alarms can you bear?
budget-month = Up to twelve a year: very sensitive
budget-quarter = Up to four a year: recommended
budget-half = Up to two a year: calm
budget-year = Up to one a year: only the big ones
budget-hint = It is a maximum on average, for everything at once: areas, sources, topics and languages. Below we check it with your own history.
budget-submit = Save
budget-saved = Saved
budget-saved-lead = We are going through your history with the new limit.
sight-title = What we can see
# $voices: people; $hours: hours; $share: percentage
sight-some = With your volume we can see a campaign of { $voices } people or more within { $hours } hours: we saw it in { $share } of the simulations.
sight-none = With your volume we cannot promise to see a campaign within a day.
sight-how = We compute it by simulating ordinary days of yours and adding campaigns of different sizes.
sight-not-yet = Can’t say yet: it takes a few weeks of history.
past-title = With your own history
# $from, $to: days; $n: mentions
past-lead = We went through { $n } mentions, from { $from } to { $to }, as if they were coming in. This is what would have happened:
past-not-yet = We are going through your history. It mostly takes less than a minute: this page reloads by itself.
past-empty = There is no history to go through yet: bring your reviews, and here you will see what would have happened.
past-table = Warnings you would have had, by limit
past-budget = Limit
past-warnings = Warnings
past-now = your current one
past-list = Which ones, with your current limit
past-list-none = With your current limit, none.
# $n: voices; $usual: usual; $from: day
past-row = { $n ->
    [one] One voice (usual, { $usual }), since { $from }
   *[other] { $n } voices (usual, { $usual }), since { $from }
}
# $nothing, $all: warnings of the last half year
judged-lead = { $all ->
    [one] In the last six months you judged one warning.
   *[other] In the last six months you judged { $all } warnings.
} False alarms: { $nothing }.
judged-advice = That is more than we promised. Choose a calmer limit below.

# Incidents
incidents-title = Incidents
incident-back = Warnings
incident-name = What to call it
# $where: where; $date: day
incident-default-title = Complaints{ $where }, { $date }
incident-open-lead = While it is open, Timón invites nobody to write a review: a wave of praise in a crisis would look like a manoeuvre.
# $date: day
incident-opened = Opened on { $date }
incident-closed = Closed on { $date }
incident-warning = See the warning
incident-statement = What we say
incident-statement-hint = A fact, what you are sorry for and what you do now. Accuse nobody and give nobody’s data. Nothing is published by itself: copy it where it is needed, or approve it and publish it yourself.
incident-save = Save
incident-tasks = What has to be done
incident-task-add = Add a task
incident-task-submit = Add
# $moment: when
incident-task-done-at = Done on { $moment }
incident-tasks-empty = No tasks. Add the first one.
incident-diary = Diary
incident-diary-lead = What happens and what is decided, as it happens. Nobody sees it outside.
incident-note = Write down
incident-note-submit = Write down
incident-diary-empty = Nothing written down yet.
incident-review = What we have learnt
incident-lessons = What went wrong
incident-lessons-hint = In the business, not in the people.
incident-change = What we have changed
incident-close = Close the incident
incident-close-lead = Close it when nothing more has to be done. Before that, write what went wrong and what you changed.
incident-reopen = Open it again
incident-task-read = Read all the reviews and set apart what is true
incident-task-owner = Decide who speaks and who answers; nobody else answers
incident-task-fix = Mend today what can be mended today
incident-task-say = Write what we say and read it again with a cool head
incident-task-answer = Answer every customer once, calmly
incident-task-team = Tell the team
incident-task-ask = Ask the platform to look at what breaks its rules, with the dossier
problem-empty-text = The text is missing
problem-empty-text-hint = Go back, write something and try again.
problem-too-many = Nothing more fits here
problem-too-many-hint = An incident holds 100 tasks and 500 diary lines. Close it and open another if you need to.
incident-unsaved = What you see below is yours, not saved. Save it if you want to keep it, or reload the page to see what the other person wrote.
incident-none = None.

# Today
# $n: open warnings
happened-warnings = { $n ->
    [one] One warning is open.
   *[other] { $n } warnings are open.
}
happened-warnings-all = See them all
task-incident = { $n ->
    [one] One incident is open
   *[other] { $n } incidents are open
}
task-incident-open = See

# Messages
# $level: level; $headline: sentence; $name: business
tell-subject = { $level } · { $headline } · { $name }
tell-calm = Do not answer in anger. First read what they say.
# $name: business
digest-subject = { $name }: your summary of today
digest-warnings = { $n ->
    [0] Open warnings: none.
    [one] One warning is open:
   *[other] { $n } warnings are open:
}
# $n: mentions; $negative: unhappy ones
digest-heard = { $n ->
    [0] No mention came yesterday.
    [one] One mention came yesterday{ $negative ->
        [0] , and it does not sound bad
       *[other] , and it sounds bad
    }.
   *[other] { $n } mentions came yesterday; { $negative ->
        [0] none sounds bad
        [one] one sounds bad
       *[other] { $negative } sound bad
    }.
}
digest-waiting = { $n ->
    [0] Nobody is waiting for an answer.
    [one] One person is waiting for an answer.
   *[other] { $n } people are waiting for an answer.
}
weekly-subject = { $name }: still watching
weekly-lead = We have kept watching this week.
weekly-heard = { $n ->
    [0] No mention has come.
    [one] One mention has come.
   *[other] { $n } mentions have come.
}
weekly-warnings = { $n ->
    [0] No warning.
    [one] One warning.
   *[other] { $n } warnings.
}
weekly-blind = What we cannot see:
# $source: name; $days: days
weekly-stale = { $source }: the last we know is { $days } days old. Import a new copy.
weekly-failing = { $source }: we cannot read it. Look at the page of sources.
weekly-unheard = What is said in places that are not among your sources, or aloud and nobody tells us.

# What the incident is about, who was told, what is published
incident-class = What it is
incident-class-none = Nobody has said yet what this is about. Say it, and who decides: the rest gets easier.
incident-class-change = Change it
incident-decider-hint = A name. If you leave it empty, what is recommended holds.
incident-told = Who we have told
incident-told-empty = Nobody yet. Your team and those who can help should not hear of it from others.
incident-told-who = Who
incident-told-how = How
incident-told-how-example = For example: by phone
incident-told-add = Note it
incident-told-remove = Remove
incident-change-day = Since which day
stage-unwritten = To be written
stage-draft = Draft: nobody has approved it
stage-approved = Approved, not published
stage-published = Published
stage-withdrawn = Withdrawn
publish-name = Title for publishing it
publish-name-hint = Anybody will see it. The name of the incident is only for you.
publish-unwritten = To publish it, a title and a text have to be saved.
publish-approve-lead = If you change a word afterwards, it has to be approved again.
publish-approve = Approve this text
publish-look = See how it will look and publish
# $date: day
publish-old-public = What was published on { $date } stays in sight until you publish this one or withdraw it.
publish-withdraw = Withdraw what is published
publish-withdraw-ask = It will no longer be shown as what holds. What you said and the day you withdraw it stay in sight.
publish-cancel = Cancel
publish-versions = All versions
# $by: who; $moment: when
publish-approved-on = Approved by { $by }, { $moment }
publish-published-on = Published: { $moment }
publish-withdrawn-on = Withdrawn: { $moment }
publish-title = Before you publish
publish-lead = This is, word for word, what anybody will read on your public page.
publish-shown = What is published
# $date: day
publish-since = Since { $date }
publish-also = With today's date. Nothing else of the incident is published.
publish-replaces = What is public now will stand as withdrawn, with its date.
publish-sure = Do you publish it?
publish-undo = You can withdraw it whenever you like, but not change it: it will be seen that it was there and until when.
publish-now = Publish
publish-not-yet = Back without publishing
# $title: title
diary-approved = Approved: “{ $title }”
diary-published = Published: “{ $title }”
diary-withdrawn = Withdrawn: “{ $title }”
# $who: who
diary-told = We have told { $who }
