import { beforeAll, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addMonths, monthOf } from '@linghang/rulebook'
import type { Client, ScheduleHandle } from '@temporalio/client'
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

test.each([
  ['dues-bills', 'billDues', 0, 10],
  ['dues-reconciliation', 'reconcileDues', 10, 15],
  ['dues-statements', 'followDuesStatements', 1, 10],
  ['monthly-reports', 'reportMonth', 2, 10],
])(
  'platform the schedule %s begins %s at %i:%i in Shanghai, whatever worker has said it',
  async (id, type, hour, minute) => {
    const { spec, action } = await atTemporal(client => client.schedule.getHandle(id).describe())
    expect(spec).toMatchObject({
      timezone: 'Asia/Shanghai',
      calendars: [{ hour: [{ start: hour }], minute: [{ start: minute }] }],
    })
    expect(action).toMatchObject({ type: 'startWorkflow', workflowType: type })
  },
)

test('S0-6c Temporal has a week’s days reconciled with the payment provider without anybody asking', async () => {
  const schedule = <T>(run: (handle: ScheduleHandle, client: Client) => Promise<T>) =>
    atTemporal(client => run(client.schedule.getHandle('dues-reconciliation'), client))
  const lastOf = async (handle: ScheduleHandle) => (await handle.describe()).info.recentActions.at(-1)?.action.workflow
  const before = (await schedule(lastOf))?.workflowId
  await schedule(handle => handle.trigger())
  const isOver = () =>
    schedule(async (handle, client) => {
      const begun = await lastOf(handle)
      if (!begun || begun.workflowId === before) return false
      return (await client.workflow.getHandle(begun.workflowId).describe()).status.name === 'COMPLETED'
    })
  await until(isOver, 60_000, 'the week was looked at')
})
