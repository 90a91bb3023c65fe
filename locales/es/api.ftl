# Lo que se responde a los programas cuando algo no puede ser.

api-no-key = Hace falta una clave
api-no-key-hint = Envía la clave en la cabecera Authorization: Bearer. Se crean en Cuenta, Claves para programas.
api-scope = Esta clave no puede hacer esto
api-scope-hint = Usa una clave con más permiso.
api-too-often = Demasiadas peticiones seguidas
api-too-often-hint = Espera los segundos que dice Retry-After.
api-not-found = Aquí no hay nada
api-not-found-hint = La dirección o el identificador no existe.
api-no-method = Esto no se puede pedir así
api-no-method-hint = La cabecera Allow dice cómo.
api-invalid = No se puede usar esta petición
api-invalid-hint = Mira «errors»: dice qué está mal.
api-not-json = El cuerpo tiene que ser JSON
api-not-json-hint = Envía Content-Type: application/json.
api-too-large = La petición es demasiado larga
api-too-large-hint = Caben 64 kB.
api-running = Esto ya se está haciendo
api-running-hint = Espera unos segundos y pregunta otra vez con la misma Idempotency-Key.
api-name-reused = Esa Idempotency-Key ya sirvió para otra cosa
api-name-reused-hint = Usa una nueva para cada acción.
