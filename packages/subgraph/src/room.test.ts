import { expect, test } from '@jest/globals'
import type { Doing } from '@linghang/access'
import { reaction } from '@linghang/events'
import { groupsOf, type Room } from './room.ts'

const hears = (type: 'org.meeting.closed.v1' | 'org.office.ended.v1') => reaction([type], async () => undefined)

test('platform of a consumer group one reaction hears an event; a second one, which would never run, is refused', () => {
  const [meetings, offices] = [hears('org.meeting.closed.v1'), hears('org.office.ended.v1')]
  expect([...groupsOf([{ reactions: { one: [meetings, offices] } }]).keys()]).toEqual(['one'])
  const apart: Room<Doing>[] = [
    { reactions: { one: [meetings] } },
    { reactions: { other: [hears('org.meeting.closed.v1')] } },
  ]
  expect([...groupsOf(apart).keys()]).toEqual(['one', 'other'])
  const together: Room<Doing>[] = [
    { reactions: { one: [meetings] } },
    { reactions: { one: [hears('org.meeting.closed.v1')] } },
  ]
  expect(() => groupsOf(together)).toThrow('two reactions of the consumer group one hear org.meeting.closed.v1')
})
