# The charter, and what each serious mention is about.

values-title = Your five lines
values-lead = What is never done in this house and what is always done, in your own words. And for each line, who decides when it is broken and what is done first.
values-lead-person = What you never do and what you always do, in your own words. And for each line, what you will do first if somebody says you broke it.
values-empty-title = Start with one
values-empty = One line is enough to start: something you would not do even if it cost you money. Write it now, in calm; on the bad day there is no time.
values-empty-person = One line is enough to start: something you would not do even if it suited you. Write it now, in calm; on the bad day there is no time.
# $n: number of the line
values-write = Line { $n } of 5
values-line = What never, or what always
values-line-hint = Short, so that anybody understands it. If you cannot keep it, do not write it.
values-line-clear = To remove it, leave it empty and save.
values-decider = Who decides when it is broken
values-decider-example = For example: the owner; if she is out, the manager
values-decider-example-person = For example: me, after talking it over with Marta
values-first-step = What is said or done first
values-first-step-example = For example: ring that same day and give back what was overcharged
values-first-step-example-person = For example: write in private and listen before answering
values-change = Change it
values-save = Save the line
values-unsaved = What you see below is yours, not saved. Save it if you want it to hold, or reload the page to see the other person's.
# $line: the example
values-example = For example: { $line } Write your own.
values-example-bar-never = we never charge for something that is not on the menu.
values-example-bar-always = we always treat a coffee like a dinner.
values-example-restaurant-never = we never serve a dish we would not eat.
values-example-restaurant-always = we always say what has run out before seating anybody.
values-example-hotel-never = we never give a worse room than was booked without saying so first.
values-example-hotel-always = there is always somebody who answers at night.
values-example-shop-never = we never sell something we know will not do.
values-example-shop-always = we always give the money back without a sour face.
values-example-online-shop-never = we never say it is in stock when it is not.
values-example-online-shop-always = we always tell of a delay before anybody asks.
values-example-workshop-never = we never change a part without permission.
values-example-workshop-always = we always show the old part.
values-example-clinic-never = we never speak of one patient in front of another.
values-example-clinic-always = we always explain the price before we start.
values-example-services-never = we never charge hours we did not work.
values-example-services-always = we always tell the truth about dates.
values-example-person-never = I never speak in public of other people's lives.
values-example-person-always = I always say where I got what I tell.
values-example-other-never = we never promise what is not in our hands.
values-example-other-always = we always show our face when something goes wrong.

# What each serious mention is about
triage-title = Serious mentions
triage-lead = Complaints of the last ninety days that nobody has decided about: those with two stars or fewer, and those that complain, call on others not to buy or announce something legal.
triage-lead-decided = Those you have decided about in the last ninety days.
triage-show-decided = See the decided ones
triage-show-open = See what is left
triage-none-title = Nothing here
triage-none = There is no serious mention left to decide.
triage-none-decided = You have not decided any yet.
triage-card = What this is and who decides
triage-anyway = It does not look serious. Decide it anyway
triage-seems = It looks like:
triage-decide = You decide what it is
# $line: the line of the charter
triage-against = Against “{ $line }”
triage-no-charter = You have not written any line yet.
triage-other = It is something else
triage-guidance = What to do and who decides
triage-undo = Undo
# $by: who; $date: day
triage-decided = Decided by { $by } on { $date }
triage-first = What is done first
triage-who = Who decides
triage-see-warning = See the warning
triage-ordinary = An ordinary error
triage-values = Against our values
triage-values-person = Against my values
triage-legal = Something legal
triage-attack = Looks coordinated
triage-first-ordinary = Answer today: say what went wrong, apologise and tell what you are doing about it.
triage-first-ordinary-person = Answer calmly: admit what is true and say what you will do differently.
triage-decides-ordinary = Whoever serves may answer.
triage-decides-ordinary-person = You.
triage-first-values = Before you answer, find out what happened. If it is true, admit it without excuses and say what changes and since when.
triage-first-values-person = Before you answer, ask yourself whether it is true. If it is, admit it without excuses and say what changes.
triage-decides-values = You, not whoever serves.
triage-decides-values-person = You, and better after sleeping on it.
triage-first-legal = Keep a copy of everything. Answer only that you have read it and will reply in writing; do not argue in public.
triage-first-legal-person = Keep a copy of everything. Do not argue in public, and ask for advice before you answer.
triage-decides-legal = You, with your adviser or lawyer.
triage-decides-legal-person = You, with a lawyer or whoever advises you.
triage-first-attack = Do not answer in anger or accuse anybody: they may be right. Look at the warning, keep the dossier and answer once, with facts, for whoever reads it.
triage-first-attack-person = Do not answer in anger or accuse anybody: they may be right. Keep a copy and answer once, with facts, or not at all.
triage-decides-attack = You. Nobody else answers until then.
triage-decides-attack-person = You, with somebody you trust beside you.
triage-because-legal = It announces a claim or a complaint to an authority: a deadline may be running.
# $n: how many repeat; $all: voices of the warning
triage-because-copies = It says nearly the same as others: in an open warning { $n } of { $all } repeat one another.
triage-because-own-words = It is part of an open warning where many repeat one another, but this one tells something of its own: treat it like any other.
# $n: line; $words: words
triage-because-line = It speaks of the same as your line { $n }: { $words }.
triage-because-promise = It says that something promised was not kept.
triage-because-boycott = It calls on others not to buy. That is their right; it is worth knowing why.
triage-because-product = It complains about the product.
triage-because-service = It complains about how they were treated.
triage-because-service-person = It complains about how you treated somebody.
triage-because-stars = It gave few stars.
triage-because-complains = It complains, and we see nothing more.
