import { describe, expect, test } from '@jest/globals'
import type { Role } from '@linghang/access'
import type { CommitteePost } from '@linghang/rulebook'
import { lostOffices } from './lost-offices.ts'

const seats = (of: Readonly<Record<string, CommitteePost>>) =>
  Object.entries(of).map(([memberId, post]) => ({ memberId, post }))
const offices = (...of: readonly (readonly [string, Role])[]) =>
  of.map(([memberId, role]) => ({ id: `${memberId}/${role}`, memberId, role }))

describe('S0-12 which offices end with a seat', () => {
  const secretary = offices(['甲', 'SECRETARY'])
  const inspector = offices(['乙', 'DISCIPLINE_INSPECTOR'])
  test.each<
    [string, ReturnType<typeof offices>, Record<string, CommitteePost>, Record<string, CommitteePost>, boolean, number]
  >([
    ['a secretary who is elected no more', secretary, { 甲: 'SECRETARY' }, { 丙: 'SECRETARY' }, true, 1],
    ['a secretary elected again', secretary, { 甲: 'SECRETARY' }, { 甲: 'SECRETARY' }, true, 0],
    [
      'a secretary who is deputy now',
      secretary,
      { 甲: 'SECRETARY' },
      { 甲: 'DEPUTY_SECRETARY', 丙: 'SECRETARY' },
      true,
      0,
    ],
    ['a secretary who is a member now', secretary, { 甲: 'SECRETARY' }, { 甲: 'MEMBER', 丙: 'SECRETARY' }, true, 1],
    ['a discipline member whose post nobody has yet', inspector, { 乙: 'DISCIPLINE' }, { 乙: 'MEMBER' }, true, 0],
    [
      'a discipline member whose post is another’s',
      inspector,
      { 乙: 'DISCIPLINE' },
      { 乙: 'MEMBER', 丙: 'DISCIPLINE' },
      true,
      1,
    ],
    ['a discipline seat alone that ends', inspector, { 乙: 'DISCIPLINE' }, { 乙: 'MEMBER' }, false, 1],
    ['a second post that ends', secretary, { 甲: 'ORGANISATION' }, { 甲: 'DEPUTY_SECRETARY' }, false, 0],
    [
      'an office that goes with no seat',
      offices(['甲', 'ADMIN'], ['甲', 'TREASURER']),
      { 甲: 'SECRETARY' },
      {},
      true,
      0,
    ],
    ['the office of somebody else', offices(['丁', 'SECRETARY']), { 甲: 'SECRETARY' }, {}, true, 0],
  ])('S0-12 %s', (_, held, ended, sitting, isNew, lost) => {
    expect(lostOffices(held, seats(ended), seats(sitting), isNew)).toHaveLength(lost)
  })
})
