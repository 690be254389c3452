import type pg from 'pg'
import type { Cell } from './cell.ts'
import { inEach } from './session.ts'
import type { CountyTable } from './tables.ts'

const atOnce = 500
/** A column of this name names an object in the store of papers. */
const objectColumn = 'object_key'

/** The objects that rows of the county name, some at a time. */
async function* objectsOf(
  client: pg.Client,
  tables: readonly CountyTable[],
  countyId: string,
): AsyncGenerator<string[]> {
  for (const { name, countyColumn, columns } of tables) {
    if (!columns.some(column => column.name === objectColumn)) continue
    for (let after = ''; ; ) {
      const { rows } = await client.query<{ key: string }>(
        `select "${objectColumn}" as key from "${name}" where "${countyColumn}" = $1 and "${objectColumn}" > $2
         order by 1 limit ${atOnce}`,
        [countyId, after],
      )
      if (rows.length > 0) yield rows.map(({ key }) => key)
      if (rows.length < atOnce) break
      after = rows.at(-1)?.key ?? after
    }
  }
}

/** How long an object is: a store that is given a length refuses another. */
async function lengthOf(cell: Cell, key: string): Promise<number> {
  let bytes = 0
  for await (const piece of await cell.papers.get(key)) bytes += piece.length
  return bytes
}

/**
 * Copies each paper that the county's rows name, as it is sealed, from one store to the other.
 * @throws ObjectMissing when a row names what the store does not have
 */
export async function copyPapers(
  from: Cell,
  to: Cell,
  countyId: string,
  tablesOf: (client: pg.Client) => Promise<CountyTable[]>,
): Promise<number> {
  let count = 0
  await inEach(from, async client => {
    for await (const keys of objectsOf(client, await tablesOf(client), countyId))
      for (const key of keys) {
        // First, since a stream that is opened and not read is given up by the store.
        const bytes = await lengthOf(from, key)
        await to.papers.put(key, await from.papers.get(key), bytes)
        count += 1
      }
  })
  return count
}

export async function deletePapers(
  cell: Cell,
  countyId: string,
  tablesOf: (client: pg.Client) => Promise<CountyTable[]>,
): Promise<void> {
  await inEach(cell, async client => {
    for await (const keys of objectsOf(client, await tablesOf(client), countyId))
      for (const key of keys) await cell.papers.delete(key)
  })
}
