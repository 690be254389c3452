import { setTimeout as wait } from 'node:timers/promises'
import { shanghaiDay } from '@linghang/access'
import { addDays, addYears } from '@linghang/rulebook'
import { type ApiClient, present } from './api-client.ts'

/** Whose committee is being elected in the demo. */
const branch = '330302000000005'
/** The assembly is so many days away, and the term ends a little later. */
const [assemblyIn, termEndsIn] = [40, 50]
const seats = 3

/** Answers a request of the branch, once the inbox of the committee above has it. */
async function approve(above: ApiClient, id: string): Promise<void> {
  for (let n = 0; ; n += 1) {
    try {
      await above.ask(
        'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
        { input: { id, outcome: 'APPROVED' as const, idempotencyKey: `demo/election/${id}` } },
      )
      return
    } catch (error) {
      if (n >= 120 || !(error as Error).message.includes('NOT_FOUND')) throw error
      await wait(500)
    }
  }
}

const approvalsOf = async (by: ApiClient, id: string) => {
  const { election } = await by.ask('query ($id: ID!) { election(id: $id) { approvals { stage state approvalId } } }', {
    id,
  })
  return present(election, 'election').approvals
}

async function ask(by: ApiClient, electionId: string, stage: 'REQUEST' | 'CANDIDATES'): Promise<string> {
  await by.ask(
    'mutation ($input: ElectionStageInput!) { requestElectionApproval(input: $input) { election { id } } }',
    { input: { electionId, stage, idempotencyKey: `demo/election/${stage}` } },
  )
  const asked = (await approvalsOf(by, electionId)).find(one => one.stage === stage)
  return present(asked ?? null, stage).approvalId
}

/** The branch's term ends soon, and it opens its election. @returns its id */
async function open(
  { keeper, by }: { keeper: ApiClient; by: ApiClient },
  organisationId: string,
  today: string,
): Promise<string> {
  const termEnd = addDays(today, termEndsIn)
  await keeper.ask(
    'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { id } } }',
    {
      input: {
        ...{ id: organisationId, term: { start: addYears(termEnd, -3), end: termEnd } },
        idempotencyKey: `demo/election/term/${today}`,
      },
    },
  )
  const opened = await by.ask(
    'mutation ($input: OpenElectionInput!) { openElection(input: $input) { election { id } } }',
    {
      input: {
        ...{ organisationId, kind: 'TERM' as const, body: 'ASSEMBLY' as const, seats, posts: ['SECRETARY' as const] },
        ...{ plannedOn: addDays(today, assemblyIn), idempotencyKey: `demo/election/opened/${today}` },
      },
    },
  )
  return present(opened.openElection.election, branch).id
}

/**
 * Gives a branch of the demo an election under way: agreed to above, members have recommended, four candidates for three seats
 * wait for the committee above. Begun again it goes on.
 * @param deps.keeper who records the term; @param deps.above the committee that decides
 */
export async function loadDemoElection(deps: {
  keeper: ApiClient
  above: ApiClient
  branch: ApiClient
}): Promise<void> {
  const { keeper, above, branch: by } = deps
  const today = shanghaiDay(new Date())
  const { organisation } = await by.ask(
    'query ($code: String!) { organisation(code: $code) { id elections(first: 1) { nodes { id approvals { stage } } } members(first: 4, filter: { kinds: [FULL] }) { nodes { id name } } } }',
    { code: branch },
  )
  const { id: organisationId, members, elections } = present(organisation, branch)
  if (elections.nodes[0]?.approvals.some(({ stage }) => stage === 'CANDIDATES')) return
  const electionId = elections.nodes[0]?.id ?? (await open({ keeper, by }, organisationId, today))
  await approve(above, await ask(by, electionId, 'REQUEST'))
  const heard = async () =>
    (await approvalsOf(by, electionId)).some(({ stage, state }) => stage === 'REQUEST' && state === 'APPROVED')
  for (let n = 0; !(await heard()); n += 1) {
    if (n >= 120) throw new Error('the election has not heard of the decision')
    await wait(500)
  }
  const people = members.nodes.map(({ id: memberId, name }, i) => ({
    ...{ memberId, name: present(name, memberId), groups: 2, members: 15 - i },
  }))
  await by.ask(
    'mutation ($input: RecordRecommendationsInput!) { recordRecommendations(input: $input) { election { id } } }',
    {
      input: {
        electionId,
        on: today,
        groups: 2,
        members: 18,
        people,
        idempotencyKey: `demo/election/recommended/${today}`,
      },
    },
  )
  const memberIds = people.map(({ memberId }) => memberId)
  await by.ask('mutation ($input: ProposeCandidatesInput!) { proposeCandidates(input: $input) { election { id } } }', {
    input: {
      ...{ electionId, memberIds, idempotencyKey: 'demo/election/candidates' },
      posts: [{ post: 'SECRETARY' as const, memberId: present(memberIds[0] ?? null, branch) }],
    },
  })
  await ask(by, electionId, 'CANDIDATES')
}
