# Today: four questions and nothing else.

today-title = Today
# $date: today's date
today-lead = { $date }
today-empty-title = We have not heard anything yet
today-empty = Bring in your latest reviews: copying and pasting is enough. In a minute you will see your Rating, your Cushion and who waits for an answer.
today-empty-action = Bring in reviews

question-happened = What happened?
question-todo = What do I do?
question-how-much = How much can I take?
question-promised = What did I promise?

# $all: mentions of seven days; $negative: the unhappy ones; $usual: unhappy ones in an ordinary week, already written
happened-nothing = Nobody has said anything in the last seven days.
happened-no-negative = { $all ->
    [one] One mention in the last seven days, and it does not sound unhappy.
   *[other] { $all } mentions in the last seven days, and none of them sounds unhappy.
}
happened-week = { $all ->
    [one] One mention in the last seven days, and it sounds unhappy.
   *[other] { $all } mentions in the last seven days. { $negative ->
        [one] One sounds unhappy
       *[other] { $negative } sound unhappy
    }.
} The usual is { $usual } unhappy ones a week.
happened-more-negative = More unhappiness than usual: { $negative } mentions sound unhappy in the last seven days, out of { $all }. The usual is { $usual } a week.
# $n: mentions not read yet
happened-unread = { $n ->
    [one] There is one mention left to read. What is below may change a little.
   *[other] There are { $n } mentions left to read. What is below may change a little.
}
happened-latest-negative = The latest unhappy ones

chart-title = Mentions per month
# $all: mentions of the year; $negative: the unhappy ones
chart-summary = { $negative ->
    [0] In twelve months, { $all } mentions and none sounds unhappy.
    [one] In twelve months, { $all } mentions. One sounds unhappy.
   *[other] In twelve months, { $all } mentions. { $negative } sound unhappy.
}
chart-neutral-unsure = So-so, or not clear
chart-table = See the numbers
# $min: mentions needed
chart-empty = It takes { $min } mentions in twelve months to draw this.

todo-nothing = Nothing for today.
# $n: people who wait for an answer
todo-answer = { $n ->
    [0] Nobody is waiting for an answer. There is only this left.
    [one] One person is waiting for your answer.
   *[other] { $n } people are waiting for your answer.
}
task-more = { $n ->
    [one] One more person is waiting
   *[other] { $n } more people are waiting
}
task-more-open = See
task-drill = A drill of fifteen minutes
task-drill-lead = On a copy of your data, and nothing leaves. Every half year is a good habit.
task-drill-open = See
task-source = { $source } cannot be heard
task-source-open = See sources
task-stale = Bring in what is new on { $source }
# $days: days since the newest we have
task-stale-detail = { $days ->
    [one] The newest we have is one day old.
   *[other] The newest we have is { $days } days old.
}
task-stale-open = Import
# $days: days since the latest we know of
happened-unknown = We do not know what has happened: the latest we have is { $days } days old.
happened-reading = We are reading what has just arrived.

# $n
task-unsent = { $n ->
    [one] One message may not have arrived: tell us what to do
   *[other] { $n } messages may not have arrived: tell us what to do
}
