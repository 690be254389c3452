import type { Actor } from '@linghang/access'
import { dataOf, send } from './ask.ts'
import { look } from './databases.ts'
import { membersCsv, type PersonRow } from './people.ts'
import { until } from './until.ts'
import type { World } from './world.ts'

type Kind = 'org' | 'members'
const typeOf = { org: 'OrganisationImport', members: 'MemberImport' } as const

export type ImportState = {
  id: string
  state: string
  rowsTotal: number
  rowsValid: number
  rowsDone: number
  added: number
  changed: number
  unchanged: number
  errors: number
  warnings: number
  failure: { code: string } | null
  findings: {
    totalCount: number
    nodes: {
      line: number | null
      column: string | null
      code: string
      found: string
      message: { zh: string; en: string }
    }[]
  }
  missing: { totalCount: number; nodes: { id: string }[] }
}

const fields = `id state rowsTotal rowsValid rowsDone added changed unchanged errors warnings failure { code }
  findings(first: 100) { totalCount nodes { line column code found message { zh en } } }
  missing(first: 100) { totalCount nodes { id } }`

/** Makes an import and puts its file. @returns the import's id */
export async function uploadRoster(
  world: World,
  actor: Actor,
  kind: Kind,
  file: string | Uint8Array,
  organisationId?: string,
): Promise<string> {
  const type = typeOf[kind]
  const created = dataOf(
    await world.ask[kind](
      actor,
      `mutation ($input: CreateImportInput!) { made: create${type}(input: $input) { import { id } putTo } }`,
      { input: { fileName: 'roster', organisationId } },
    ),
  ).made
  const path = created.putTo.replace(`/imports/${kind}/`, '/imports/')
  const put = await send(world.urls[kind], actor, { method: 'PUT', path, body: Buffer.from(file) })
  if (put.status !== 200) throw new Error(`upload refused: ${put.status} ${put.text}`)
  return created.import.id as string
}

export async function readImport(world: World, actor: Actor, kind: Kind, id: string): Promise<ImportState> {
  const name = kind === 'org' ? 'organisationImport' : 'memberImport'
  return dataOf(await world.ask[kind](actor, `query ($id: ID!) { found: ${name}(id: $id) { ${fields} } }`, { id }))
    .found
}

const ended = (state: ImportState): boolean => ['PREVIEWED', 'COMMITTED', 'FAILED'].includes(state.state)

export async function previewImport(world: World, actor: Actor, kind: Kind, id: string): Promise<ImportState> {
  const type = typeOf[kind]
  dataOf(
    await world.ask[kind](
      actor,
      `mutation ($input: PreviewImportInput!) { preview${type}(input: $input) { import { id } } }`,
      { input: { id } },
    ),
  )
  return finished(world, actor, kind, id)
}

export async function commitImport(
  world: World,
  actor: Actor,
  kind: Kind,
  id: string,
  mode: 'VALID' | 'ALL_OR_NONE' = 'VALID',
): Promise<ImportState> {
  await requestCommit(world, actor, kind, id, mode)
  return finished(world, actor, kind, id)
}

/** Asks for the commit and does not wait for its end. */
export async function requestCommit(world: World, actor: Actor, kind: Kind, id: string, mode: 'VALID' | 'ALL_OR_NONE') {
  const type = typeOf[kind]
  dataOf(
    await world.ask[kind](
      actor,
      `mutation ($input: CommitImportInput!) { commit${type}(input: $input) { import { id } } }`,
      { input: { id, mode } },
    ),
  )
}

/** Waits until an import has been judged, taken over or given up. */
export const finished = (
  world: World,
  actor: Actor,
  kind: Kind,
  id: string,
  timeoutMs = 60_000,
): Promise<ImportState> =>
  until(
    async () => {
      const state = await readImport(world, actor, kind, id)
      return ended(state) ? state : null
    },
    timeoutMs,
    `import ${id} ends`,
  )

/** Upload and commit in one go. */
export async function importRoster(
  world: World,
  actor: Actor,
  kind: Kind,
  file: string | Uint8Array,
  options: { mode?: 'VALID' | 'ALL_OR_NONE'; organisationId?: string } = {},
): Promise<ImportState> {
  const id = await uploadRoster(world, actor, kind, file, options.organisationId)
  return commitImport(world, actor, kind, id, options.mode)
}

type HasCounty = { id: string; admin: Actor; world: World }

/** Brings people into the register and waits until dues, assessment and org have heard of them. @returns ids by name */
export async function seedMembers(county: HasCounty, rows: readonly PersonRow[]): Promise<Map<string, string>> {
  const done = await importRoster(county.world, county.admin, 'members', membersCsv(rows))
  if (done.errors > 0 || done.state !== 'COMMITTED') throw new Error(`roster refused: ${JSON.stringify(done)}`)
  await everyoneKnown(county)
  const found = await look(
    'members',
    'select name, id from member where county_id = $1',
    [county.id],
    county.world.databaseSuffix,
  )
  return new Map(found.map(row => [row.name, `Member:${row.id}`]))
}

/** Waits until org, dues and assessment know everybody of a county at the version that the register has. */
export async function everyoneKnown(county: HasCounty): Promise<void> {
  const state = async (database: 'org' | 'members' | 'dues' | 'assessment', columns: string, table: string) =>
    JSON.stringify(
      await look(
        database,
        `select ${columns} from ${table} where county_id = $1 order by 1`,
        [county.id],
        county.world.databaseSuffix,
      ),
    )
  const wanted = await state('members', 'id, version', 'member')
  const heard = async () =>
    (await state('org', 'id, version', 'member_ref')) === wanted &&
    (await state('dues', 'member_id as id, version', 'dues_record')) === wanted &&
    (await state('assessment', 'member_id as id, member_version as version', 'person_fact')) === wanted &&
    (await state('assessment', 'member_id as id, dues_version as version', 'person_fact')) === wanted
  await until(heard, 60_000, 'every service knows the people')
}
