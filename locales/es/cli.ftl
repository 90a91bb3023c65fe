# Lo que se lee en la terminal.

# $url: la dirección de las páginas
cli-serving = Timón está en marcha: { $url }
cli-first-run = Ábrelo en el navegador y crea tu cuenta.
# $code: ocho letras y números
cli-setup-code = Código de instalación: { $code }
cli-stop = Para pararlo, pulsa Ctrl+C.
# $email y $password: los de la demostración
cli-demo = Demostración con un bar inventado. Entra con { $email } y { $password }. Al pararlo se borra todo.

cli-my-business = Mi negocio
# $rows: filas estimadas; $preset: el tipo de archivo
cli-import-found = { $preset ->
    [google-takeout] Archivo de Google.
    [trustpilot] Archivo de Trustpilot.
    [google-play] Archivo de Google Play.
    [unified-lines] Archivo de líneas JSON.
   *[generic] Archivo con columnas.
} { $rows ->
    [one] Una fila, más o menos. Lo hemos entendido así:
   *[other] { $rows } filas, más o menos. Lo hemos entendido así:
}
cli-import-ask = ¿Importarlo? [S/n]
cli-import-saving = Guardando
cli-import-reading = Leyendo
# Los cuatro números: opiniones nuevas, cambiadas, que ya estaban, y filas que no han entrado
cli-import-done = Nuevas: { $added }. Cambiadas: { $revised }. Ya estaban: { $same }. No han entrado: { $rejected }.

# $n: menciones; $folder: la carpeta
cli-export-done = { $n ->
    [one] Una mención, escrita en { $folder }
   *[other] { $n } menciones, escritas en { $folder }
}
# $rows: filas de la copia; $file: el archivo
cli-backup-done = { $rows ->
    [one] Copia de seguridad hecha y comprobada: { $file } (una fila)
   *[other] Copia de seguridad hecha y comprobada: { $file } ({ $rows } filas)
}
cli-backup-whole = { $rows ->
    [one] La copia está entera: una fila.
   *[other] La copia está entera: { $rows } filas.
}
cli-restore-done = { $rows ->
    [one] Copia restaurada: una fila.
   *[other] Copia restaurada: { $rows } filas.
}
