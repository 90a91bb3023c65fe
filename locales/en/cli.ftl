# What is read in the terminal.

# $url: the address of the pages
cli-serving = Timón is running: { $url }
cli-first-run = Open it in your browser and create your account.
# $code: eight letters and digits
cli-setup-code = Set-up code: { $code }
cli-stop = To stop it, press Ctrl+C.
# $email and $password: the demonstration's
cli-demo = Demonstration with an invented bar. Sign in with { $email } and { $password }. Everything is deleted when you stop it.

cli-my-business = My business
# $rows: estimated rows; $preset: the kind of file
cli-import-found = { $preset ->
    [google-takeout] A file from Google.
    [trustpilot] A file from Trustpilot.
    [google-play] A file from Google Play.
    [unified-lines] A file of JSON lines.
   *[generic] A file with columns.
} { $rows ->
    [one] About one row. This is how we understand it:
   *[other] About { $rows } rows. This is how we understand them:
}
cli-import-ask = Import it? [Y/n]
cli-import-saving = Saving
cli-import-reading = Reading
# The four numbers: reviews that are new, changed, already there, and rows left out
cli-import-done = New: { $added }. Changed: { $revised }. Already there: { $same }. Left out: { $rejected }.

# $n: mentions; $folder: the folder
cli-export-done = { $n ->
    [one] One mention, written to { $folder }
   *[other] { $n } mentions, written to { $folder }
}
# $rows: rows of the backup; $file: the file
cli-backup-done = { $rows ->
    [one] Backup made and checked: { $file } (one row)
   *[other] Backup made and checked: { $file } ({ $rows } rows)
}
cli-backup-whole = { $rows ->
    [one] The backup is whole: one row.
   *[other] The backup is whole: { $rows } rows.
}
cli-restore-done = { $rows ->
    [one] Backup restored: one row.
   *[other] Backup restored: { $rows } rows.
}
