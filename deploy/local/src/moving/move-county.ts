import { stackFault } from '@linghang/devstack'
import { type ServiceName, services } from '@linghang/migrations'
import type { Client } from '@temporalio/client'
import type { Kafka } from 'kafkajs'
import type pg from 'pg'
import type { Cell } from './cell.ts'
import { copyPapers, deletePapers } from './copy-papers.ts'
import { copyRows, countRows, deleteRows, findDangling } from './copy-rows.ts'
import { endWorkflows } from './end-workflows.ts'
import { deleteKey, moveKey } from './move-key.ts'
import { isDry, runDry } from './run-dry.ts'
import { inDatabase, inEach, transaction } from './session.ts'
import { type Standings, setStanding, standingsOf, waitForTransactions, writeStanding } from './standing.ts'
import { countyTables } from './tables.ts'

export type Move = {
  county: { id: string; code: string }
  from: Cell
  to: Cell
  events: { kafka: Kafka; groupPrefix: string | undefined }
  temporal: Client
  say(zh: string, en: string): void
}

const triesToStandStill = 5
const isIn = (standings: Standings, standing: string | null) => Object.values(standings).some(one => one === standing)

/**
 * Moves a county from one cell into another: it stands still, everything on its way arrives, its rows, its keys and its papers
 * are copied and compared, then it has left the one and lives in the other. Killed at any moment it is run again, or taken
 * back with `takeBack` for as long as the county has not left.
 * @throws StackFault that says what is in the way
 */
export async function moveCounty(move: Move): Promise<void> {
  const { from, to, county } = move
  await sameMigrations(from, to)
  if (!isIn(await standingsOf(from, county.id), 'LEFT')) {
    await mayArrive(move)
    await standStill(move)
    for (const service of services) await copyService(move, service)
    const papers = await copyPapers(from, to, county.id, countyTables)
    move.say(`材料原件 ${papers} 份`, `${papers} papers`)
  }
  await setStanding(from, county.id, 'LEFT')
  const workflows = await endWorkflows(from, move.temporal, county.id)
  move.say(`原平台结束流程 ${workflows} 个`, `${workflows} workflows ended where it was`)
  await open(to, county.id)
  move.say('已在新平台启用', 'it lives in the other cell')
}

/** It lives in the other cell from now on. Who did it is the operator, of whom no service knows. */
const open = (to: Cell, countyId: string) =>
  inEach(to, (client, service) =>
    transaction(client, 'begin', async () => {
      const opened = await client.query(`delete from county_move where county_id = $1 and state = 'ARRIVING'`, [
        countyId,
      ])
      if (service === 'org' && opened.rowCount === 1)
        await client.query(
          `insert into audit_entry (id, county_id, action, subject_type, subject_id) values (uuidv7(), $1, 'county.arrived', 'County', $1)`,
          [countyId],
        )
    }),
  )

/** Gives the move up: the county goes on where it was, and nothing of it stays in the other cell. */
export async function takeBack({ from, to, county, say }: Move): Promise<void> {
  if (isIn(await standingsOf(from, county.id), 'LEFT')) throw hasLeft()
  await forgetIn(to, county.id, 'ARRIVING')
  await setStanding(from, county.id, null)
  say('已恢复原状', 'it goes on where it was')
}

/** Deletes in the cell that it has left what the county had there, once it lives in the other one: until then it is its only whole copy. */
export async function forget({ from, to, county, say }: Move): Promise<void> {
  const hasLeftAll = Object.values(await standingsOf(from, county.id)).every(standing => standing === 'LEFT')
  if (!hasLeftAll || !(await livesIn(to, county.id))) throw hasNotLeft()
  await forgetIn(from, county.id, 'LEFT')
  say('原平台的数据已删除', 'what it had where it was is deleted')
}

const livesIn = async (cell: Cell, countyId: string): Promise<boolean> => {
  const isKnown = await inDatabase(
    cell,
    'org',
    async client => (await client.query('select 1 from county where id = $1', [countyId])).rows.length === 1,
  )
  return isKnown && Object.values(await standingsOf(cell, countyId)).every(standing => standing === null)
}

/** Events and payments go on until nothing is on its way; then nothing is written any more. Whatever slipped in begins that again. */
async function standStill({ from, county, events, say }: Move): Promise<void> {
  for (let tries = 0; tries < triesToStandStill; tries += 1) {
    await setStanding(from, county.id, 'LEAVING')
    await waitForTransactions(from)
    await runDry(from, events, county.id)
    await setStanding(from, county.id, 'STILL')
    await waitForTransactions(from)
    if (await isDry(from, events, county.id)) {
      say('已停止写入，在途事项已全部送达', 'it stands still, nothing is on its way')
      return
    }
  }
  await setStanding(from, county.id, 'LEAVING')
  throw stackFault('MOVE_HELD_UP', {
    zh: '在途事项一再出现，没有复制任何内容：请稍后再执行，或用 --back 恢复原状。',
    en: 'Something is on its way again and again, nothing was copied: run this later, or take it back with --back.',
  })
}

/** One service's rows of the county, in one transaction of each database, and compared before it is committed. */
async function copyService({ from, to, county, say }: Move, service: ServiceName): Promise<void> {
  await inDatabase(from, service, source =>
    inDatabase(to, service, target =>
      transaction(source, 'begin isolation level repeatable read read only', () =>
        transaction(target, 'begin', async () => {
          const tables = await countyTables(source)
          await withoutTriggers(target)
          await deleteKey(target, county.id)
          let rows = 0
          for (const table of tables) {
            await deleteRows(target, table, county.id)
            const { widest, ...copied } = await countRows(source, table, county.id, 'COPIED')
            rows += await copyRows(source, target, table, county.id, widest)
            const { widest: _, ...arrived } = await countRows(target, table, county.id, 'LYING')
            if (arrived.rows !== copied.rows || arrived.sum !== copied.sum) throw differs(service, table.name)
          }
          const dangling = await findDangling(target, tables, county.id)
          if (dangling.length > 0) throw differs(service, dangling.join(', '))
          await moveKey({ client: source, ring: from.ring }, { client: target, ring: to.ring }, county.id)
          await writeStanding(target, county.id, 'ARRIVING')
          say(`${service} ${rows} 行，逐表核对一致`, `${service}: ${rows} rows, compared table by table`)
        }),
      ),
    ),
  )
}

/** Rows come as they were: nothing links them into chains, counts or refuses them a second time. */
const withoutTriggers = (client: pg.Client) => client.query('set local session_replication_role = replica')

async function forgetIn(cell: Cell, countyId: string, only: 'LEFT' | 'ARRIVING'): Promise<void> {
  const standings = await standingsOf(cell, countyId)
  // Papers first, by the rows that name them: what is cut off in the middle is run again.
  if (only === 'LEFT' || isIn(standings, 'ARRIVING')) await deletePapers(cell, countyId, countyTables)
  await inEach(cell, (client, service) =>
    transaction(client, 'begin', async () => {
      if (standings[service] !== only) return
      await withoutTriggers(client)
      for (const table of await countyTables(client)) await deleteRows(client, table, countyId)
      await deleteKey(client, countyId)
      // That it has left stays known: whoever still comes here is told.
      if (only === 'ARRIVING') await writeStanding(client, countyId, null)
    }),
  )
}

/** @throws StackFault when the other cell has the county, or one of its code, already */
async function mayArrive({ to, county }: Move): Promise<void> {
  const standings = await standingsOf(to, county.id)
  await inEach(to, async (client, service) => {
    if (standings[service] === 'ARRIVING') return
    for (const table of await countyTables(client))
      if ((await countRows(client, table, county.id, 'LYING')).rows > 0) throw isThere(county.code)
    if (service !== 'org') return
    const { rows } = await client.query('select 1 from county where code = $1 or id = $2', [county.code, county.id])
    if (rows.length > 0) throw isThere(county.code)
  })
}

/** @throws StackFault when the two cells are not of one release */
async function sameMigrations(from: Cell, to: Cell): Promise<void> {
  const applied = (cell: Cell) =>
    inEach(cell, async client =>
      JSON.stringify(
        (
          await client.query(
            'select migration_name, checksum from _prisma_migrations where finished_at is not null order by 1',
          )
        ).rows,
      ),
    )
  const [ours, theirs] = [await applied(from), await applied(to)]
  const other = services.filter((_, i) => ours[i] !== theirs[i])
  if (other.length > 0)
    throw stackFault('WRONG_ARGUMENTS', {
      zh: `两个平台的数据库版本不同（${other.join('、')}）：请先升级到同一版本。未作任何改动。`,
      en: `The databases of the two cells are of different releases (${other.join(', ')}): bring both to the same one first. Nothing was done.`,
    })
}

const isThere = (code: string) =>
  stackFault('WRONG_ARGUMENTS', {
    zh: `目标平台已有代码为 ${code} 的县（市、区）或其数据。未作任何改动。`,
    en: `The other cell has a county with the code ${code}, or rows of it, already. Nothing was done.`,
  })
const differs = (service: ServiceName, what: string) =>
  stackFault('MOVE_HELD_UP', {
    zh: `${service} 的 ${what} 复制后核对不一致：该库未写入任何内容。请再执行一次，或用 --back 恢复原状。`,
    en: `${what} of ${service} is not the same after it was copied: nothing was written into that database. Run this again, or take it back with --back.`,
  })
const hasLeft = () =>
  stackFault('WRONG_ARGUMENTS', {
    zh: '该县（市、区）已经迁走，不能恢复：请再执行一次以完成启用。',
    en: 'The county has left already and cannot be taken back: run the move again, which opens it in the other cell.',
  })
const hasNotLeft = () =>
  stackFault('WRONG_ARGUMENTS', {
    zh: '该县（市、区）没有从此平台迁走，或尚未在目标平台启用：未删除任何内容。',
    en: 'The county has not left this cell, or does not live in the other one yet: nothing was deleted.',
  })
