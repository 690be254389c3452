import { randomUUID } from 'node:crypto'
import type { Actor } from '@linghang/access'
import { type Answer, type Data, dataOf } from '@linghang/harness/ask'
import { actorOf, type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { DevelopmentTemplate } from '@linghang/harness/generated/members'
import type { MeetingContentInput, MeetingKind, MeetingMatter } from '@linghang/harness/generated/org'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember, type PersonRow } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import type { StepKey } from '@linghang/rulebook'
import { fileMaterial, uuidOf } from './material-desk.ts'
import { samples } from './sample-files.ts'

const noDues = { 党费人员类别: '', '党费计算基数（元/月）': '' }
const none = { 加入党组织日期: '', 转为正式党员日期: '' }

/** Rows of a roster for people in mid-course, named so that a test finds them. */
export const rows = {
  applicant: (name: string, appliedOn: string): Partial<PersonRow> => ({
    ...{ 姓名: name, 人员类别: '入党申请人', 递交入党申请书日期: appliedOn },
    ...none,
    ...noDues,
  }),
  activist: (name: string, since: string): Partial<PersonRow> => ({
    ...{ 姓名: name, 人员类别: '入党积极分子', 递交入党申请书日期: '2019-11-05', 确定为入党积极分子日期: since },
    ...none,
    ...noDues,
  }),
  candidate: (name: string, since: string): Partial<PersonRow> => ({
    ...{ 姓名: name, 人员类别: '发展对象', 递交入党申请书日期: '2019-11-05' },
    ...{ 确定为入党积极分子日期: '2020-03-01', 确定为发展对象日期: since },
    ...none,
    ...noDues,
  }),
  probationary: (name: string, joinedOn: string): Partial<PersonRow> => ({
    ...{ 姓名: name, 人员类别: '预备党员', 加入党组织日期: joinedOn, 转为正式党员日期: '' },
  }),
}

/** A county of two committees whose branch A1 has voters and offices. */
export type Branch = {
  county: County
  tree: Awaited<ReturnType<typeof seedTwoCommittees>>
  secretary: Actor
  committee: Actor
  sibling: Actor
  voters: string[]
  /** Ids of everybody in the register, by name. */
  ids: Map<string, string>
}

/** @param people rows beyond the voters, each with the branch that it belongs to (A1 unless told otherwise) */
export async function newBranch(people: (Partial<PersonRow> & { at?: 'a1' | 'a2' | 'b1' })[]): Promise<Branch> {
  const county = await createCounty()
  const tree = await seedTwoCommittees(county)
  const voterNames = Array.from({ length: 7 }, (_, n) => `表决人${n}`)
  const ids = await seedMembers(county, [
    ...voterNames.map(name => fullMember(county.code, tree.a1.code, { 姓名: name })),
    ...people.map(({ at = 'a1', ...row }) => fullMember(county.code, tree[at].code, row)),
  ])
  const [secretary, committee, sibling] = await Promise.all([
    seedActor(county, 'SECRETARY', tree.a1.id),
    seedActor(county, 'SECRETARY', tree.a.id),
    seedActor(county, 'SECRETARY', tree.a2.id),
  ])
  return { county, tree, secretary, committee, sibling, ids, voters: voterNames.map(name => ids.get(name) as string) }
}

/** Somebody of a branch who holds no office. */
export async function personAt(county: County, branchId: string, memberId: string): Promise<Actor> {
  const { subject } = await seedAccount(county, { keptBy: branchId, memberId })
  return actorOf(county.world, subject)
}

export type Refusal = { code: string | undefined; article: unknown }
export const refusalsOf = ({ errors }: Answer): Refusal[] =>
  errors.map(({ extensions }) => ({ code: extensions?.code, article: extensions?.params?.article ?? null }))

const capital = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`

/** What organisations show of development, which is reached through the entity. */
export const ofOrganisation = async (county: County, actor: Actor, id: string, fields: string): Promise<Data> =>
  dataOf(
    await county.world.askUntyped.members(
      actor,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { ${fields} } } }`,
      { refs: [{ __typename: 'Organisation', id }] },
    ),
  )._entities[0]

export const caseOfMember = async (county: County, actor: Actor, memberId: string): Promise<Data> =>
  dataOf(
    await county.world.ask.members(
      actor,
      'query ($id: ID!) { member(id: $id) { developmentCases { id phase endReason step } } }',
      { id: memberId },
    ),
  ).member?.developmentCases.at(-1)

/** Whoever does the paperwork of one case, at the services themselves. */
export async function openDesk({ county, tree, secretary, committee, voters }: Branch, memberId: string) {
  const { org, workflows } = county.world.ask
  const { members } = county.world.askUntyped
  const { id: caseId } = await until(() => caseOfMember(county, county.admin, memberId), 30_000, 'there is a case')
  const mutate = (name: string, input: object, actor = secretary, payload = 'case { id }'): Promise<Answer> =>
    members(actor, `mutation ($input: ${capital(name)}Input!) { ${name}(input: $input) { ${payload} } }`, {
      input: name === 'raiseObjection' ? input : { caseId, ...input },
    })
  const complete = (step: StepKey, on: string, more: object = {}, actor = secretary) =>
    mutate('completeStep', { step, on, ...more }, actor, 'case { step } warnings { code }')
  const done = async (answer: Promise<Answer>): Promise<Data> => dataOf(await answer)
  const read = async (fields: string, actor = secretary): Promise<Data> =>
    dataOf(await members(actor, `query ($id: ID!) { developmentCase(id: $id) { ${fields} } }`, { id: caseId }))
      .developmentCase
  const approved = async (id: string, round: number) => {
    const known = 'select 1 from approval where id = $1 and round = $2'
    await until(async () => (await look('workflows', known, [uuidOf(id), round])).length === 1, 30_000)
  }
  /** A closed meeting about the person. @returns its id */
  const close = async (
    ...[matter, heldOn, kind, orgId, actor]: [MeetingMatter, string, MeetingKind, string, typeof secretary]
  ): Promise<string> => {
    const due = kind === 'BRANCH_ASSEMBLY' ? voters : voters.slice(0, 5)
    const content: MeetingContentInput = {
      ...{ heldOn, place: '会议室', agenda: '发展党员', minutes: '讨论并表决。', presentIds: due, absentIds: [] },
      ...(kind === 'BRANCH_ASSEMBLY' ? {} : { participantIds: due }),
      resolutions: [
        {
          ...{ matter, memberId, text: '决议' },
          decision: kind === 'BRANCH_ASSEMBLY' ? 'SECRET_BALLOT' : 'COLLECTIVE_AGREEMENT',
          ballots: { due: due.length, present: due.length, inFavour: due.length, against: 0, abstained: 0 },
        },
      ],
    }
    const { recordMeeting } = dataOf(
      await org(actor, 'mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } } }', {
        input: { organisationId: orgId, kind, content },
      }),
    )
    const { id } = recordMeeting.meeting
    dataOf(
      await org(actor, 'mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { meeting { id } } }', {
        input: { id },
      }),
    )
    return id
  }
  /** The committee's own meeting on the person, where its decision wants one. */
  const committeeMet = async (id: string, heldOn: string): Promise<object> => {
    const { approval } = dataOf(
      await workflows(committee, 'query ($id: ID!) { approval(id: $id) { kind meetingWanted } }', { id }),
    )
    if (!approval.meetingWanted) return {}
    const meetingId = await close(approval.kind as MeetingMatter, heldOn, 'COMMITTEE', tree.a.id, committee)
    const known = 'select 1 from committee_meeting where id = $1'
    await until(async () => (await look('workflows', known, [uuidOf(meetingId)])).length === 1, 30_000)
    return { meetingId }
  }
  return {
    caseId: caseId as string,
    memberId,
    mutate,
    complete,
    done,
    read,
    finish: (step: StepKey, on: string, more: object = {}, actor = secretary) => done(complete(step, on, more, actor)),
    /** Files a paper of a step. */
    file: async (step: StepKey, template: DevelopmentTemplate, filedOn: string, actor = secretary) =>
      fileMaterial(
        { ask: county.world.ask.members, url: county.world.urls.members },
        actor,
        uuidOf(caseId),
        await samples.pdf(),
        {
          step,
          template,
          filedOn,
          fileName: '材料.pdf',
        },
      ),
    /** A closed meeting of the branch about the person that members has heard of. @returns its id */
    async meet(
      ...[matter, heldOn, kind = 'BRANCH_COMMITTEE', at = tree.a1, by = secretary]: [
        matter: MeetingMatter,
        heldOn: string,
        kind?: MeetingKind,
        at?: Branch['tree']['a1'],
        by?: typeof secretary,
      ]
    ) {
      const id = await close(matter, heldOn, kind, at.id, by)
      const known = 'select 1 from meeting_record where id = $1'
      await until(async () => (await look('members', known, [uuidOf(id)])).length === 1, 30_000, 'the meeting is known')
      return id
    },
    /** Hands the open step in. @returns the approval's id, once the deciding office has it */
    async ask(on: string): Promise<string> {
      await done(mutate('requestApproval', { on }))
      const { approval } = await read('approval { approvalId round }')
      await approved(approval.approvalId, approval.round)
      return approval.approvalId
    },
    /** The committee above approves; waits until the case has gone on. */
    async approve(id: string, decidedOn: string): Promise<void> {
      const met = await committeeMet(id, decidedOn)
      dataOf(
        await workflows(
          committee,
          'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
          { input: { id, outcome: 'APPROVED', decidedOn, ...met, idempotencyKey: randomUUID() } },
        ),
      )
      await until(async () => (await read('history { type }')).history.at(-1).type !== 'APPROVAL_REQUESTED', 30_000)
    },
  }
}
export type CaseDesk = Awaited<ReturnType<typeof openDesk>>
