import { fullMember, membersCsv } from '@linghang/harness/people'
import { newSetting, openDesk } from '../../system/case-desk.ts'
import { type County, importSound, newCounty, orgCode, seedOrganisations, smallTree } from '../../system/county.ts'
import { quiet } from '../../system/look.ts'

/** A county of six organisations. */
export async function someCounty(): Promise<County> {
  const county = await newCounty()
  await seedOrganisations(county, smallTree(county))
  return county
}

export const rosterOfOne = (county: County): string =>
  membersCsv([fullMember(county.code, orgCode(county, 3), { 党费人员类别: '学生' })])

/** What an ordinary morning asks: rosters taken over, a case opened, a paper filed. */
export async function work(): Promise<void> {
  const county = await someCounty()
  await importSound(county.admin, 'Member', rosterOfOne(county))
  await openDesk(await newSetting('2022-03-01')).file('APPLICATION', 'APPLICATION_LETTER', '2022-03-01')
  await quiet()
}

/** Asks for an organisation in words that nobody else uses at that moment: equal questions are answered together. */
export const askForOrganisation = (county: County) => (n: number) =>
  county.admin.ask('query ($code: String!) { organisation(code: $code) { name } }', {
    code: orgCode(county, (n % 900) + 1),
  })
