import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { systemActor } from '@linghang/access'
import type { MemberState } from '@linghang/events'
import { look } from '@linghang/harness/databases'
import { openClient } from '@linghang/harness/open-database'
import { PrismaClient } from '../prisma/client/client.ts'
import { factStore } from '../src/facts/journal/store.ts'
import { keepStays } from '../src/facts/people/keep-stays.ts'
import { factsOf } from '../src/facts/telling/facts-of.ts'
import type { Work } from '../src/work.ts'

/** A database of its own, where nobody scores anew: what was touched stays to be seen. */
const suffix = 'touched'
const open = () => openClient(['assessment', suffix], adapter => new PrismaClient({ adapter }))
let database: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  database = await open()
})
afterAll(() => database?.close())

test('S0-20 a fact, a move and a correction each say whom they touch, where, and from which day on', async () => {
  const county = systemActor(randomUUID())
  const { countyId } = county
  const [memberId, branch, other, meetingId] = Array.from({ length: 4 }, () => randomUUID()) as [
    ...[string, string, string, string],
  ]
  const member = (orgId: string, version: number): MemberState => ({
    ...{ id: memberId, orgId, kind: 'FULL', appliedOn: null, activistSince: null, candidateSince: null },
    ...{ joinedOn: '2010-07-01', fullMemberSince: '2011-07-01', talkHeldOn: null, lastReviewOn: null },
    ...{ knownOn: '2026-01-01', duesCategory: null, duesBaseFen: null, leftOn: null, version },
  })
  const stays = (day: string, data: MemberState) =>
    database.transact(county, tx =>
      keepStays.react({ tx, actor: county } as Work, [
        {
          ...{
            specversion: '1.0',
            id: randomUUID(),
            source: '',
            subject: memberId,
            datacontenttype: 'application/json',
          },
          ...{ type: 'members.member.changed.v1', time: `${day}T04:00:00.000Z`, countyid: countyId, data },
        },
      ]),
    )
  const came = (heldOn: string, version: number, present = [memberId]) => {
    const data = {
      ...{ id: meetingId, orgId: branch, kind: 'CLASS', heldOn, present, onLeave: [], absent: [], version },
      ...{ late: [], leftEarly: [], madeUp: [], excepted: [] },
    }
    return database.transact(county, tx =>
      factStore.write(tx, countyId, [factsOf({ type: 'org.attendance.told.v1', data }, { on: heldOn })]),
    )
  }
  let seen = 0
  const touched = async () => {
    const rows = await look(
      'assessment',
      'select subject_id, org_id, from_day::text from touched where county_id = $1 order by seq',
      [countyId],
      suffix,
    )
    const fresh = rows.slice(seen)
    seen = rows.length
    return fresh
  }
  const at = (org_id: string, from_day: string) => ({ subject_id: memberId, org_id, from_day })

  await stays('2026-01-05', member(branch, 1))
  expect(await touched()).toEqual([at(branch, '2010-07-01')])
  await came('2026-03-12', 1)
  expect(await touched()).toEqual([at(branch, '2026-03-12')])
  await came('2026-03-12', 1)
  expect(await touched()).toEqual([])
  // They had gone before the meeting: it was not in time to be told first.
  await stays('2026-03-10', member(other, 2))
  expect(await touched()).toEqual([at(other, '2026-03-10'), at(branch, '2026-03-10')])
  await came('2026-03-02', 2)
  expect(await touched()).toEqual([at(other, '2026-03-12'), at(branch, '2026-03-02')])
  await came('2026-03-02', 3, [])
  expect(await touched()).toEqual([at(branch, '2026-03-02')])
  await stays('2026-04-01', { ...member(other, 3), knownOn: '2026-02-01' })
  expect(await touched()).toEqual([])
})
