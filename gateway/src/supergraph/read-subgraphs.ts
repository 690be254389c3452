import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SubgraphSdl } from './compose-supergraph.ts'

const servicesFolder = fileURLToPath(new URL('../../../services/', import.meta.url))
/** The schema as apps read it. */
export const publicSchemaFile = fileURLToPath(new URL('../../../docs/schema.graphql', import.meta.url))
export const supergraphFile = fileURLToPath(new URL('../../supergraph.graphql', import.meta.url))

/** Each service's committed `schema.graphql`; services without one are no subgraphs (yet). */
export async function readSubgraphs(folder = servicesFolder): Promise<SubgraphSdl[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = await Promise.all(
    entries
      .filter(entry => entry.isDirectory())
      .map(async ({ name }) => {
        const sdl = await readOrNull(join(folder, name, 'schema.graphql'))
        return sdl === null ? [] : [{ name, sdl }]
      }),
  )
  return found.flat()
}

/** The text of a file; null when there is none. */
export async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
