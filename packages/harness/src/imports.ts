import type { Actor } from '@linghang/access'
import { dataOf } from './ask.ts'
import { type Asker, askerAt } from './asker.ts'
import { look } from './databases.ts'
import type { Operations } from './operations.ts'
import { membersCsv, type PersonRow } from './people.ts'
import { until } from './until.ts'
import type { World } from './world.ts'

type Kind = 'org' | 'members'
const fields = `id state rowsTotal rowsValid rowsDone added changed unchanged errors warnings findingsFile failure { code }
  findings(first: 100) { totalCount nodes { line column code found message { zh en } } }
  missing(first: 100) { totalCount nodes { id } }`
const readOrganisations = `query ($id: ID!) { found: organisationImport(id: $id) { ${fields} } }`
const readMembers = `query ($id: ID!) { found: memberImport(id: $id) { ${fields} } }`

export type ImportState = Operations['org'][typeof readOrganisations]['data']['found']
type Mode = 'VALID' | 'ALL_OR_NONE'
type NewImport = { fileName?: string; organisationId?: string }

/** What an import is asked for and about, where organisations and where people come in. */
export const importsOf = (by: Asker) => ({
  org: {
    create: (input: NewImport) =>
      by.org(
        'mutation ($input: CreateImportInput!) { made: createOrganisationImport(input: $input) { import { id } putTo } }',
        { input },
      ),
    preview: (id: string) =>
      by.org(
        'mutation ($input: PreviewImportInput!) { done: previewOrganisationImport(input: $input) { import { id } } }',
        { input: { id } },
      ),
    commit: (id: string, mode: Mode) =>
      by.org(
        'mutation ($input: CommitImportInput!) { done: commitOrganisationImport(input: $input) { import { id } } }',
        { input: { id, mode } },
      ),
    read: (id: string) => by.org(readOrganisations, { id }),
  },
  members: {
    create: (input: NewImport) =>
      by.members(
        'mutation ($input: CreateImportInput!) { made: createMemberImport(input: $input) { import { id } putTo } }',
        { input },
      ),
    preview: (id: string) =>
      by.members(
        'mutation ($input: PreviewImportInput!) { done: previewMemberImport(input: $input) { import { id } } }',
        {
          input: { id },
        },
      ),
    commit: (id: string, mode: Mode) =>
      by.members(
        'mutation ($input: CommitImportInput!) { done: commitMemberImport(input: $input) { import { id } } }',
        {
          input: { id, mode },
        },
      ),
    read: (id: string) => by.members(readMembers, { id }),
  },
})

/** Makes an import and puts its file. @returns the import's id */
export async function uploadRoster(
  world: World,
  actor: Actor,
  kind: Kind,
  file: string | Uint8Array,
  organisationId?: string,
): Promise<string> {
  const { made: created } = dataOf(
    await importsOf(askerAt(world, actor))[kind].create({ fileName: 'roster', organisationId }),
  )
  const status = await askerAt(world, actor).put(kind, created.putTo, file)
  if (status !== 200) throw new Error(`upload refused: ${status}`)
  return created.import.id
}

export async function readImport(world: World, actor: Actor, kind: Kind, id: string): Promise<ImportState> {
  return dataOf(await importsOf(askerAt(world, actor))[kind].read(id)).found
}

/** Whether an import is judged, taken over or given up. */
export const importEnded = (state: { state: string }): boolean =>
  ['PREVIEWED', 'COMMITTED', 'FAILED'].includes(state.state)

export async function previewImport(world: World, actor: Actor, kind: Kind, id: string): Promise<ImportState> {
  dataOf(await importsOf(askerAt(world, actor))[kind].preview(id))
  return finished(world, actor, kind, id)
}

export async function commitImport(
  world: World,
  actor: Actor,
  kind: Kind,
  id: string,
  mode: Mode = 'VALID',
): Promise<ImportState> {
  await requestCommit(world, actor, kind, id, mode)
  return finished(world, actor, kind, id)
}

/** Asks for the commit and does not wait for its end. */
export async function requestCommit(world: World, actor: Actor, kind: Kind, id: string, mode: Mode) {
  dataOf(await importsOf(askerAt(world, actor))[kind].commit(id, mode))
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
      return importEnded(state) ? state : null
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
  options: { mode?: Mode; organisationId?: string } = {},
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
