import { beforeAll, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addMonths, monthOf } from '@linghang/rulebook'
import { type County, importSound, newCounty, orgCode, seedOrganisations, smallTree } from './county.ts'
import { quiet } from './look.ts'
import { atTemporal } from './workflows.ts'

jest.setTimeout(120_000)

const month = monthOf(shanghaiDay(new Date()))
const ago = (months: number) => addMonths(month, -months)

let county: County
let ids: Record<string, string>
beforeAll(async () => {
  county = await newCounty()
  ids = await seedOrganisations(county, smallTree(county, {}))
  const person = fullMember(county.code, orgCode(county, 3), { 党费人员类别: '学生' })
  await importSound(county.admin, 'Member', membersCsv([person]))
  await quiet()
}, 180_000)

const bills = async () => {
  const { organisation } = await county.admin.ask(
    'query ($code: String!) { organisation(code: $code) { members { nodes { id duesRecord { light bills { month } } } } duesBills { totalCount } } }',
    { code: orgCode(county, 3) },
  )
  const [member] = organisation?.members.nodes ?? []
  return { id: member?.id as string, thisMonth: organisation?.duesBills.totalCount, light: member?.duesRecord?.light }
}

test('S3-5 Temporal has the month’s bills made at night without anybody asking, and sees who has not paid', async () => {
  const { id } = await bills()
  await county.admin.ask(
    'mutation ($input: RecordDuesPaidThroughInput!) { recordDuesPaidThrough(input: $input) { record { paidThrough } } }',
    { input: { memberId: id, through: ago(4) } },
  )
  // Opened afterwards: what is billed from here on is billed by the night alone.
  await county.admin.ask(
    'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
    {
      input: {
        ...{ organisationId: ids[orgCode(county, 1)] as string, bank: 'ICBC' as const },
        ...{ bankNumber: '6222021203001234567', openedOn: ago(3) },
      },
    },
  )
  expect((await bills()).thisMonth).toBe(0)
  await atTemporal(client => client.schedule.getHandle('dues-bills').trigger())
  await until(async () => (await bills()).thisMonth === 1, 60_000, 'the month is billed')
  await until(async () => (await bills()).light === 'RED', 30_000, 'who has not paid is seen')
})

test('platform the schedule of the bills is kept at ten past midnight in Shanghai, whatever worker has said it', async () => {
  const { spec, action } = await atTemporal(client => client.schedule.getHandle('dues-bills').describe())
  expect(spec).toMatchObject({
    timezone: 'Asia/Shanghai',
    calendars: [{ hour: [{ start: 0 }], minute: [{ start: 10 }] }],
  })
  expect(action).toMatchObject({ type: 'startWorkflow', workflowType: 'billDues' })
})
