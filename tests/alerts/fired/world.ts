import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readJson } from '@linghang/devstack'
import { uuidOf } from '@linghang/harness/ask'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { type County, newCounty, orgCode, seedOrganisations, smallTree } from '../../system/county.ts'
import type { DuesDesk } from '../../system/dues-desk.ts'
import { surroundings } from '../../system/surroundings.ts'
import { smallDisk } from '../faults.ts'

/** A county of six organisations. */
export async function someCounty(): Promise<County> {
  const county = await newCounty()
  await seedOrganisations(county, smallTree(county))
  return county
}

export const rosterOfOne = (county: County): string =>
  membersCsv([fullMember(county.code, orgCode(county, 3), { 党费人员类别: '学生' })])

/** Where the sandbox of the payment provider listens. */
export const sandboxPort = async (): Promise<number> =>
  ((await readJson(join(surroundings().stateDir, 'payments', 'server.json'))) as { port: number }).port

/** Somebody pays a yuan. @returns the number by which the provider knows it */
export async function order(desk: DuesDesk): Promise<string> {
  const made = await desk.done(desk.callers.own, 'payDuesOnline', { amountFen: '100' }, 'order { id }')
  return uuidOf(made.order.id).replaceAll('-', '')
}

/** Asks for an organisation in words that nobody else uses at that moment: equal questions are answered together. */
export const askForOrganisation = (county: County) => (n: number) =>
  county.admin.ask('query ($code: String!) { organisation(code: $code) { name } }', {
    code: orgCode(county, (n % 900) + 1),
  })

/** A disk of their own for papers: how full that of this machine is says nothing of the platform. @returns takes it away */
export function ownDiskForPapers(): Promise<() => Promise<void>> {
  const papers = join(surroundings().stateDir, 'materials')
  mkdirSync(papers, { recursive: true })
  return smallDisk(papers, 64)
}
