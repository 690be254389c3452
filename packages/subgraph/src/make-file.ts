import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file that is made, unless what it is made of is the same as when it was; another run at the same time does no
 * harm.
 * @param of what it is made of, said in its first line
 * @param inputs everything that decides what is in it
 * @returns whether it was made now
 */
export async function makeFile(file: string, of: string, inputs: unknown, make: () => Promise<string> | string) {
  const stamp = `// Made from ${of}. ${createHash('sha256').update(JSON.stringify(inputs)).digest('hex')}\n`
  if (existsSync(file) && readFileSync(file, 'utf8').startsWith(stamp)) return false
  const made = await make()
  mkdirSync(dirname(file), { recursive: true })
  const unfinished = `${file}.${randomUUID()}.tmp`
  writeFileSync(unfinished, stamp + made)
  renameSync(unfinished, file)
  return true
}
