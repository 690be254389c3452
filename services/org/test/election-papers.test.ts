import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { type Answer, codesOf, dataOf, send as request } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addMonths, addYears } from '@linghang/rulebook'

jest.setTimeout(180_000)

const today = shanghaiDay(new Date())
const termEnd = addMonths(today, 2)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let [secretary, superior, leader, stranger]: Actor[] = []
let electionId: string
let memberId: string
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
  superior = await seedActor(county, 'SECRETARY', tree.a.id)
  leader = await seedActor(county, 'LEADER', tree.a1.id)
  stranger = await seedActor(county, 'SECRETARY', tree.b1.id)
  const ids = await seedMembers(
    county,
    Array.from({ length: 8 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `选举人${i}` })),
  )
  memberId = ids.get('选举人0') as string
  await ask(
    county.admin,
    'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { id } } }',
    { input: { id: tree.a1.id, term: { start: addYears(termEnd, -3), end: termEnd } } },
  ).then(dataOf)
  electionId = dataOf(
    await ask(secretary, 'mutation ($input: OpenElectionInput!) { openElection(input: $input) { election { id } } }', {
      input: {
        ...{ organisationId: tree.a1.id, kind: 'TERM', body: 'ASSEMBLY', seats: 3, posts: ['SECRETARY'] },
        plannedOn: termEnd,
      },
    }),
  ).openElection.election.id
})

const ask = (by: Actor | undefined, document: string, variables: object = {}): Promise<Answer> =>
  county.world.askUntyped.org(by as Actor, document, variables as Record<string, unknown>)
const papers = async (by: Actor | undefined) =>
  dataOf(
    await ask(
      by,
      `query ($id: ID!) { election(id: $id) { papers {
        paper number title step dueOn draftedBy signedBy sealOf goesTo missing mayBeMade ownWords ownTexts { memberId paragraphs version } } } }`,
      { id: electionId },
    ),
  ).election?.papers
const link = (by: Actor | undefined, paper: string) =>
  ask(
    by,
    'query ($id: ID!, $paper: ElectionPaperName!) { electionPaperLink(electionId: $id, paper: $paper) { url } }',
    {
      ...{ id: electionId, paper },
    },
  )
const all = (by: Actor | undefined) =>
  ask(by, 'query ($id: ID!) { electionPapersLink(electionId: $id) { url } }', { id: electionId })
const write = (input: object, by: Actor | undefined = secretary) =>
  ask(
    by,
    'mutation ($input: WriteElectionPaperInput!) { writeElectionPaper(input: $input) { election { papers { paper ownTexts { version } } } } }',
    { input: { ...{ electionId, paper: 'COMMITTEE_REPORT', paragraphs: ['三年来，支部做了三件实事。'] }, ...input } },
  )
const fetched = (by: Actor | undefined, path: string) =>
  request(county.world.urls.org, by as Actor, { method: 'GET', path })
type Paper = { paper: string; number: number; ownTexts: { paragraphs: string[]; version: number }[] }
const named = (found: Paper[], name: string) => found.find(({ paper }) => paper === name)

describe('S0-10 the papers of an election', () => {
  test('S0-10 those that it needs are there with their days, who drafts and signs, and what is not known yet', async () => {
    const found: Paper[] = await papers(secretary)
    expect(found.map(({ number }) => number)).toEqual([
      ...[1, 2, 3, 9, ...Array.from({ length: 27 }, (_, i) => i + 11)],
    ])
    expect(named(found, 'ASSEMBLY_REQUEST')).toEqual({
      ...{ paper: 'ASSEMBLY_REQUEST', number: 2, title: '关于召开党员大会进行换届选举的请示', step: 'REQUEST' },
      ...{ dueOn: expect.any(String), draftedBy: 'OUTGOING_COMMITTEE', signedBy: ['SECRETARY'], sealOf: 'OWN' },
      ...{ goesTo: ['SUPERIOR'], missing: ['secretary'], mayBeMade: true, ownWords: null, ownTexts: [] },
    })
    expect(named(found, 'CANDIDATES_REQUEST')).toMatchObject({
      missing: ['candidates', 'proposed', 'recommendedOn', 'secretary'],
    })
    expect(named(found, 'ASSEMBLY_REPLY')).toMatchObject({ draftedBy: 'SUPERIOR', mayBeMade: false })
    expect(named(await papers(superior), 'ASSEMBLY_REPLY')).toMatchObject({ mayBeMade: true, missing: [] })
    expect(await papers(stranger)).toBeUndefined()
  })

  test('S0-10 a paper comes as a document to whoever was given the link, and to nobody else', async () => {
    const { url } = dataOf(await link(secretary, 'SIGN_IN_SHEET')).electionPaperLink
    const answer = await fetched(secretary, url)
    expect([answer.status, answer.text.startsWith('PK')]).toEqual([200, true])
    expect((await fetched(superior, url)).status).toBe(403)
    expect((await fetched(secretary, url.replace('sign-in-sheet', 'agenda'))).status).toBe(403)
    expect((await fetched(secretary, url.replace('sign-in-sheet', 'nothing'))).status).toBe(404)
    // Whoever sees the election sees its papers.
    expect(codesOf(await link(leader, 'AGENDA'))).toEqual([])
    expect(codesOf(await link(stranger, 'AGENDA'))).toEqual(['NOT_FOUND'])
    expect(codesOf(await all(stranger))).toEqual(['NOT_FOUND'])
  })

  test('S0-10 what the superior writes is its own to make, and what is not needed is not made', async () => {
    expect(codesOf(await link(secretary, 'ASSEMBLY_REPLY'))).toEqual(['PAPER_OF_THE_SUPERIOR'])
    expect(codesOf(await link(superior, 'ASSEMBLY_REPLY'))).toEqual([])
    expect(codesOf(await link(superior, 'VACANCY_REPLY'))).toEqual(['PAPER_NOT_NEEDED'])
    // A link that the superior was given does not open for the branch.
    const { url } = dataOf(await link(superior, 'OPINION_INQUIRY')).electionPaperLink
    expect((await fetched(secretary, url)).status).toBe(403)
  })

  test('S0-10 all of them come as one archive, without those of the superior for the branch', async () => {
    const archive = async (by: Actor | undefined) => fetched(by, dataOf(await all(by)).electionPapersLink.url)
    const [own, above] = [await archive(secretary), await archive(superior)]
    expect([own.status, own.text.startsWith('PK'), above.status]).toEqual([200, true, 200])
    const files = (text: string) => new Set(text.match(/\d\d-[^/\p{Cc}]*?\.docx/gu)).size
    expect(files(above.text) - files(own.text)).toBe(4)
    expect((await fetched(superior, dataOf(await all(secretary)).electionPapersLink.url)).status).toBe(403)
  })
})

describe('S0-10 what the branch writes itself', () => {
  test('S0-10 is kept as text, version by version, and nothing leaves room for a pen again', async () => {
    expect(codesOf(await write({}))).toEqual([])
    expect(codesOf(await write({ paragraphs: ['另一个说法。', '第二段。'] }))).toEqual([])
    expect(named(await papers(superior), 'COMMITTEE_REPORT')?.ownTexts).toEqual([
      { memberId: null, paragraphs: ['另一个说法。', '第二段。'], version: 2 },
    ])
    expect(codesOf(await write({ paragraphs: [] }))).toEqual([])
    expect(named(await papers(secretary), 'COMMITTEE_REPORT')?.ownTexts).toMatchObject([{ paragraphs: [], version: 3 }])
  })

  test('S0-10 two who write at once write two versions', async () => {
    const answers = await Promise.all([write({ paper: 'DUES_REPORT' }), write({ paper: 'DUES_REPORT' })])
    expect(answers.flatMap(codesOf)).toEqual([])
    expect(named(await papers(secretary), 'DUES_REPORT')?.ownTexts).toMatchObject([{ version: 2 }])
  })

  test.each<[string, object, string[]]>([
    ['60 paragraphs', { paragraphs: Array(60).fill('一段') }, []],
    ['61 paragraphs', { paragraphs: Array(61).fill('一段') }, ['PAPER_TEXT_TOO_LONG']],
    ['a paragraph of 1,000 characters', { paragraphs: ['段'.repeat(1_000)] }, []],
    ['a paragraph of 1,001 characters', { paragraphs: ['段'.repeat(1_001)] }, ['BAD_INPUT']],
    ['a paragraph of blanks', { paragraphs: [' '] }, ['BAD_INPUT']],
    ['a paper that is filled whole', { paper: 'AGENDA' }, ['PAPER_HAS_NO_OWN_WORDS']],
    ['a CV of nobody', { paper: 'CANDIDATES_INTRODUCTION' }, ['PAPER_WANTS_A_CANDIDATE']],
  ])('S0-10 %s', async (_, input, codes) => {
    expect(codesOf(await write(input))).toEqual(codes)
  })

  test('S0-10 a CV is of a candidate, and a report of nobody', async () => {
    expect(codesOf(await write({ paper: 'CANDIDATES_INTRODUCTION', memberId }))).toEqual(['PAPER_WANTS_A_CANDIDATE'])
    expect(codesOf(await write({ memberId }))).toEqual(['PAPER_IS_OF_NOBODY'])
  })

  test('S0-10 is for whoever keeps the branch, and no longer once the election is over', async () => {
    expect(codesOf(await write({}, leader))).toEqual(['FORBIDDEN'])
    expect(codesOf(await write({}, stranger))).toEqual(['NOT_FOUND'])
    dataOf(
      await ask(
        secretary,
        'mutation ($input: CancelElectionInput!) { cancelElection(input: $input) { election { phase } } }',
        { input: { electionId, reason: '另行安排' } },
      ),
    )
    expect(codesOf(await write({}))).toEqual(['ELECTION_CLOSED'])
    // What it has stays to be read.
    expect(codesOf(await link(secretary, 'AGENDA'))).toEqual([])
  })
})
