import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { packSchema } from '../services/assessment/src/packs/documents/schema.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** `docs/packs/pack.schema.json`: the shape of a pack of assessment, for editors and for who checks packs on their own. */
export const writePackSchema = (): string => `${JSON.stringify(packSchema(), null, 2)}\n`

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(join(root, 'docs/packs/pack.schema.json'), writePackSchema())
}
