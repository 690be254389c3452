import { createReadStream, existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { stackFault } from '@linghang/devstack'
import { type ApiClient, present } from './api-client.ts'
import type { Operations } from './generated/operations.ts'

export type ImportMode = 'VALID' | 'ALL_OR_NONE'

export interface ImportJob {
  kind: 'Organisation' | 'Member'
  file: string
  mode: ImportMode
  /** Judge only; nothing is written to the register. */
  previewOnly: boolean
}

type ImportState = NonNullable<Operations[(typeof documents)[ImportJob['kind']]['read']]['data']['found']>

/** How an import ended. */
export type ImportOutcome = ImportState & {
  /** The findings as text, when there were any. */
  findings: string | null
}

type Say = (line: string) => void

const fields =
  'id state rowsTotal rowsValid rowsDone added changed unchanged errors warnings failure { code message { zh en } } findingsFile missing(first: 0) { totalCount }'
/** What an import of each kind is asked for and about. */
const documents = {
  Organisation: {
    create:
      'mutation ($name: String) { created: createOrganisationImport(input: { fileName: $name }) { import { id } putTo } }',
    preview: 'mutation ($id: ID!) { previewOrganisationImport(input: { id: $id }) { import { state } } }',
    commit:
      'mutation ($id: ID!, $mode: ImportMode!) { commitOrganisationImport(input: { id: $id, mode: $mode }) { import { state } } }',
    read: `query ($id: ID!) { found: organisationImport(id: $id) { ${fields} } }`,
  },
  Member: {
    create:
      'mutation ($name: String) { created: createMemberImport(input: { fileName: $name }) { import { id } putTo } }',
    preview: 'mutation ($id: ID!) { previewMemberImport(input: { id: $id }) { import { state } } }',
    commit:
      'mutation ($id: ID!, $mode: ImportMode!) { commitMemberImport(input: { id: $id, mode: $mode }) { import { state } } }',
    read: `query ($id: ID!) { found: memberImport(id: $id) { ${fields} } }`,
  },
} as const
const pollMs = 500
const sayEveryMs = 2_000
const settled: ReadonlySet<string> = new Set(['PREVIEWED', 'COMMITTED', 'FAILED', 'WITHDRAWN'])
const zhOf = { Organisation: '党组织', Member: '党员' } as const

/** Brings one roster in through the API, as any office or app would, and says how it goes. */
export async function importRoster(api: ApiClient, job: ImportJob, say: Say): Promise<ImportOutcome> {
  if (!existsSync(job.file)) {
    throw stackFault('NO_SUCH_FILE', { zh: `没有文件 ${job.file}`, en: `There is no file ${job.file}` })
  }
  const { kind } = job
  const { create, preview, commit } = documents[kind]
  const { created } = await api.ask(create, { name: basename(job.file) })
  say(`${zhOf[kind]} ${kind}: ${basename(job.file)} 上传 uploading`)
  await api.put(created.putTo, createReadStream(job.file))
  const { id } = present(created.import, 'import')
  if (job.previewOnly) await api.ask(preview, { id })
  else await api.ask(commit, { id, mode: job.mode })
  const ended = await follow(api, kind, id, say)
  const findings = ended.errors + ended.warnings > 0 ? await api.get(ended.findingsFile) : null
  return { ...ended, findings }
}

async function follow(api: ApiClient, kind: ImportJob['kind'], id: string, say: Say): Promise<ImportState> {
  const begunAt = performance.now()
  let saidAt = begunAt
  for (;;) {
    const found = present((await api.ask(documents[kind].read, { id })).found, id)
    if (settled.has(found.state)) return found
    if (performance.now() - saidAt > sayEveryMs) {
      const progress = progressOf(found, performance.now() - begunAt)
      if (progress !== null) {
        saidAt = performance.now()
        say(`${zhOf[kind]} ${kind}: ${progress}`)
      }
    }
    await wait(pollMs)
  }
}

type Progress = Pick<ImportState, 'state' | 'rowsTotal' | 'rowsValid' | 'rowsDone'>

/** How far it is; null while nothing has been done yet, and when the rest takes no time. */
export function progressOf(found: Progress, elapsedMs: number): string | null {
  const perSecond = (rows: number) => Math.round(rows / Math.max(elapsedMs / 1000, 0.001))
  if (found.state === 'COMMITTING') {
    const rate = perSecond(found.rowsDone)
    const left = found.rowsValid - found.rowsDone
    if (rate === 0 || left === 0) return null
    return `写入 ${found.rowsDone}/${found.rowsValid} rows, ${rate}/s, 还需 about ${Math.ceil(left / rate)} s`
  }
  if (found.rowsTotal === 0) return null
  return `核对 judged ${found.rowsTotal} rows, ${perSecond(found.rowsTotal)}/s`
}

/** Waits until the members service knows every organisation that the org service has: people are sent to branches. */
export async function waitForOrganisations(api: ApiClient, say: Say, timeoutMs = 180_000): Promise<void> {
  const begunAt = performance.now()
  for (;;) {
    const counts = await api.ask('{ organisations(first: 0) { totalCount } organisationsInRegister }')
    if (counts.organisationsInRegister >= counts.organisations.totalCount) return
    if (performance.now() - begunAt > timeoutMs) {
      throw stackFault('ORGANISATIONS_LATE', {
        zh: `党员服务只收到 ${counts.organisationsInRegister}/${counts.organisations.totalCount} 个党组织：请用 npm run lag 查看积压`,
        en: `The members service knows ${counts.organisationsInRegister} of ${counts.organisations.totalCount} organisations: see npm run lag`,
      })
    }
    say(`等待党组织到达党员服务 waiting: ${counts.organisationsInRegister}/${counts.organisations.totalCount}`)
    await wait(pollMs)
  }
}

/** One line in both languages for what came of an import. */
export function summarise(kind: ImportJob['kind'], outcome: ImportOutcome): string {
  // A preview says what a commit would do.
  const would = outcome.state === 'PREVIEWED' ? `可写入 valid ${outcome.rowsValid}，其中将 of which would be ` : ''
  const counts = `${would}新增 added ${outcome.added}, 更改 changed ${outcome.changed}, 不变 unchanged ${outcome.unchanged}, 错误 errors ${outcome.errors}, 提醒 warnings ${outcome.warnings}, 文件未列 missing ${outcome.missing.totalCount}`
  const failure = outcome.failure ? ` — ${outcome.failure.message.zh} ${outcome.failure.message.en}` : ''
  return `${zhOf[kind]} ${kind}: ${outcome.state} ${outcome.rowsTotal} rows: ${counts}${failure}`
}

/** Keeps the findings in a folder, to be sent back to the office. @returns the file's path */
export async function keepFindings(job: ImportJob, outcome: ImportOutcome, folder: string): Promise<string | null> {
  if (outcome.findings === null) return null
  const file = join(folder, `${basename(job.file).replace(/\.\w+$/, '')}.findings.csv`)
  await writeFile(file, outcome.findings)
  return file
}
