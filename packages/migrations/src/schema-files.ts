import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A part of a Prisma schema: its path in the schema's folder and its text. */
export interface SchemaFile {
  path: string
  content: string
}

/**
 * A Prisma schema of several files, ordered by name. Tables that several services have are written once, and a link in
 * each service's folder brings them in.
 */
export const readSchema = async (schemaDir: string): Promise<SchemaFile[]> => {
  const names = (await readdir(schemaDir)).filter(name => name.endsWith('.prisma')).sort()
  return Promise.all(names.map(async path => ({ path, content: await readFile(join(schemaDir, path), 'utf8') })))
}
