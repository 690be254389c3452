import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { applicant, fullMember, membersCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import type { Caller } from './api.ts'
import {
  type County,
  importSound,
  newCityOffice,
  newCounty,
  newHolder,
  orgCode,
  seedOrganisations,
  smallTree,
} from './county.ts'
import { fuzz } from './fuzz.ts'
import { look } from './look.ts'

jest.setTimeout(600_000)

// `FUZZ_EVERY=1` makes all attempts; here a part of them, another one each day.
const every = Number(process.env.FUZZ_EVERY ?? 4)
const from = Math.floor(Date.now() / 86_400_000)

let county: County
let secretary: Caller
let office: Caller
let ids: Record<string, string>

beforeAll(async () => {
  county = await newCounty()
  const tree = await seedOrganisations(county, smallTree(county))
  const at = (n: number) => tree[orgCode(county, n)] as string
  await importSound(
    county.admin,
    'Member',
    membersCsv([fullMember(county.code, orgCode(county, 3)), applicant(county.code, orgCode(county, 3), '2026-11-01')]),
  )
  const kase = await until(
    async () =>
      (await look('members', 'select id, member_id from development_case where county_id = $1', [county.id]))[0],
    30_000,
    'the applicant has a case',
  )
  const payer = await until(
    async () => (await look('dues', 'select member_id as id from dues_record where county_id = $1', [county.id]))[0],
    30_000,
    'dues know of the member',
  )
  await county.admin.sendUntyped(
    'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
    { input: { organisationId: at(2), bank: 'ICBC', bankNumber: '6222021203001234567' } },
  )
  const holder = await newHolder(county, at(3), 'SECRETARY')
  secretary = holder.caller
  office = await newCityOffice([county])
  ids = {
    ...{
      id: at(3),
      organisationId: at(3),
      superiorId: at(2),
      accountId: holder.accountId,
      toAccountId: holder.accountId,
    },
    ...{
      officeId: holder.officeId as string,
      keeperId: at(2),
      payerId: `Member:${payer.id}`,
      caseId: `DevelopmentCase:${kase.id}`,
      memberId: `Member:${kase.member_id}`,
    },
  }
}, 180_000)

const callers = (): Readonly<Record<string, Caller>> => ({
  'the branch': secretary,
  'the city': office,
  'the county': county.admin,
})

describe('platform what nobody can mean', () => {
  // The county's attempts end the branch's office, among others.
  test.each(['the branch', 'the city', 'the county'])(
    'platform is refused with a reason to %s, whatever argument it is given for',
    async who => {
      const { faults, made } = await fuzz(callers()[who] as Caller, ids, { every, from })
      expect(made).toBeGreaterThan(1_500 / every)
      expect(faults).toEqual([])
    },
  )
})
