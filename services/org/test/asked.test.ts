import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addMonths } from '@linghang/rulebook'
import { createDesk } from './meeting-desk.ts'

jest.setTimeout(120_000)
const today = shanghaiDay(new Date())

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let [above, keeper, neighbour]: Actor[] = []
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const ids = await seedMembers(county, [fullMember(county.code, tree.a1.code, { 姓名: '党员' })])
  above = await seedActor(county, 'SECRETARY', tree.a.id)
  keeper = await seedActor(county, 'SECRETARY', tree.a1.id)
  neighbour = await seedActor(county, 'SECRETARY', tree.a2.id)
  const desk = createDesk(county)
  for (const agenda of ['学习', '志愿服务']) {
    const content = { heldOn: today, agenda, presentIds: [ids.get('党员') as string] }
    const { id } = await desk.record(tree.a1.id, 'THEME_DAY', content, keeper as Actor)
    expect((await desk.close(id, keeper as Actor)).errors).toEqual([])
  }
})

const askedOf = async (by: Actor | undefined, month: string | null = null) => {
  const answer = await county.world.askUntyped.org(
    by as Actor,
    `query ($id: ID!, $month: Date) { organisation(id: $id) { askedFor(month: $month) {
      times fields forms { name times fields askedBy article source } } } }`,
    { id: tree.a1.id, month },
  )
  return dataOf(answer).organisation?.askedFor ?? null
}

describe('S4-4 what a branch was asked for in a month', () => {
  test('S4-4 form by form, with who wants it and on what basis, for the branch and for those above', async () => {
    const asked = await askedOf(keeper)
    // The day alone has to be said: who belongs to the meeting is known, and the kind and the branch are which form it is.
    const regulation = { askedBy: 'REGULATION', article: '第十一条至第十六条' }
    expect(asked).toMatchObject({
      times: 4,
      forms: [
        { name: 'recordMeeting', times: 2, fields: 2, ...regulation },
        { name: 'closeMeeting', times: 2, fields: 0, ...regulation },
      ],
    })
    expect(asked.fields).toBe(4)
    expect(await askedOf(above)).toEqual(asked)
  })

  test('S4-4 of the month that is asked for, and nothing to a branch beside it', async () => {
    expect(await askedOf(keeper, addMonths(today, -1))).toEqual({ times: 0, fields: 0, forms: [] })
    expect(await askedOf(neighbour)).toBeNull()
  })
})
