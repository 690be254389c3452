import { type Actor, shanghaiDay } from '@linghang/access'
import { type Answer, type Data, send } from '@linghang/harness/ask'
import { appealEntrancesOf } from './assessment-appeals.ts'
import { drawEntrancesOf } from './assessment-draws.ts'
import { factEntrancesOf } from './assessment-facts.ts'
import {
  type District,
  fenOf,
  monthOfReminder,
  nameOf,
  payeeOf,
  personNameOf,
  personNames,
  placeNames,
  profileOf,
} from './district.ts'
import { duesEntrancesOf } from './dues-entrances.ts'
import { aliases, each, type Facts, type Look } from './facts.ts'
import { jointEntrancesOf } from './joint.ts'
import { lifeEntrancesOf } from './life.ts'
import { organisationEntrancesOf } from './organisation-entrances.ts'
import { publishedBy } from './planted.ts'
import { reviewEntrancesOf } from './reviews.ts'

const profile = 'id code name secretaryName phone version superior { code name } superiors { code name }'
const person = 'id name phoneMasked organisation { id }'

/** Every entry by which a person, an organisation or a number of them could be reached; each is asked for everything. */
export function entrancesOf(district: District): Record<string, Look> {
  const { org, codes, person: memberIds, rows, books, imports, county } = district
  const orgRefs = placeNames.map(name => ({ __typename: 'Organisation', id: org[name] }))
  const memberRefs = personNames.map(name => ({ __typename: 'Member', id: memberIds[name] }))
  const factsIn = (answer: Answer): Facts => textFacts(district, JSON.stringify(answer.data ?? null))
  const orgEntities =
    (fields: string): Look =>
    async (ask, actor) =>
      factsIn(
        await ask.org(
          actor,
          `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { ${fields} } } }`,
          { refs: orgRefs },
        ),
      )
  const membersOf =
    (args: string): Look =>
    async (ask, actor) => {
      const answer = await ask.members(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { members${args} { totalCount nodes { ${person} } } } } }`,
        { refs: orgRefs },
      )
      const counts = each(placeNames, answer.data?._entities, (entity, name) =>
        entity.members.totalCount > 0 ? [`counts ${name} ${entity.members.totalCount}`] : [],
      )
      return [...factsIn(answer), ...counts]
    }
  const importFacts = (answer: Answer, text = JSON.stringify(answer.data)): Facts =>
    /UNKNOWN_|群众|协会/.test(text) ? ['findings'] : []

  return {
    'organisation(id)': async (ask, actor) =>
      factsIn(
        await ask.org(
          actor,
          `{ ${aliases(placeNames, name => `organisation(id: "${org[name as 'a']}") { ${profile} }`)} }`,
        ),
      ),
    'organisation(code)': async (ask, actor) =>
      factsIn(
        await ask.org(
          actor,
          `{ ${aliases(placeNames, name => `organisation(code: "${codes[name as 'a']}") { ${profile} }`)} }`,
        ),
      ),
    organisations: async (ask, actor) => {
      const answer = await ask.org(actor, `{ organisations(first: 100) { totalCount nodes { ${profile} } } }`)
      return [...factsIn(answer), ...(answer.data ? [`lists ${answer.data.organisations.totalCount}`] : [])]
    },
    'organisations(kind, nameStartsWith)': async (ask, actor) =>
      factsIn(
        await ask.org(
          actor,
          `{ organisations(kind: BRANCH, nameStartsWith: "组织") { totalCount nodes { ${profile} } } }`,
        ),
      ),
    'node(id)': async (ask, actor) =>
      factsIn(
        await ask.org(
          actor,
          `{ ${aliases(placeNames, name => `node(id: "${org[name as 'a']}") { ... on Organisation { ${profile} } }`)} }`,
        ),
      ),
    'org _entities': orgEntities(profile),
    'children and their children': orgEntities(
      `children(first: 10) { nodes { ${profile} children(first: 10) { totalCount nodes { ${profile} children(first: 10) { nodes { ${profile} } } } } } }`,
    ),
    'members _entities, members': membersOf(''),
    'members _entities, members(below: true)': membersOf('(below: true, first: 50)'),
    'members _entities, members(filter)': membersOf(
      '(below: true, filter: { kinds: [FULL], nameStartsWith: "成员", floating: false })',
    ),
    'member(id)': async (ask, actor) =>
      factsIn(
        await ask.members(
          actor,
          `{ ${aliases(personNames, name => `member(id: "${memberIds[name as 'kai']}") { ${person} }`)} }`,
        ),
      ),
    'members _entities, Member': async (ask, actor) =>
      factsIn(
        await ask.members(
          actor,
          `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Member { ${person} } } }`,
          { refs: memberRefs },
        ),
      ),
    'members _entities, DuesHolder': async (ask, actor) => {
      const answer = await ask.members(
        actor,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesHolder { id name organisation { id } } } }',
        {
          refs: personNames.map(name => ({
            __typename: 'DuesHolder',
            id: memberIds[name].replace('Member', 'DuesHolder'),
          })),
        },
      )
      return each(personNames, answer.data?._entities, (holder, name) => [
        ...(holder.name === personNameOf(name) ? [`person ${name}`] : []),
        ...factsIn({ ...answer, data: holder } as Answer),
      ])
    },
    memberByIdNumber: async (ask, actor) =>
      factsIn(
        await ask.members(
          actor,
          `{ ${aliases(personNames, name => `memberByIdNumber(idNumber: "${rows[name as 'kai'].公民身份号码}", reason: "核对身份") { ${person} }`)} }`,
        ),
      ),
    'dues _entities': async (ask, actor) => {
      const refs = [
        ...memberRefs,
        ...personNames.map(name => ({ __typename: 'DuesRecord', id: memberIds[name].replace('Member', 'DuesRecord') })),
      ]
      const answer = await ask.dues(
        actor,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Member { duesRecord { baseFen } } ... on DuesRecord { baseFen } } }',
        { refs },
      )
      return each([...personNames, ...personNames], answer.data?._entities, (entity, name) =>
        (entity.duesRecord ?? entity).baseFen ? [`dues ${name}`] : [],
      )
    },
    'dues accounts': async (ask, actor) => {
      const entries = 'entries(first: 50) { totalCount nodes { amountFen balanceFen journal { note } } }'
      const answer = await ask.dues(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
          duesAccount { balanceFen ${entries} real { balanceFen } }
          realDuesAccount { lastDigits balanceFen closedThrough ${entries} } } } }`,
        { refs: orgRefs },
      )
      return each(placeNames, answer.data?._entities, (entity, name) => {
        const { realDuesAccount: real, duesAccount } = entity
        return [
          ...placeNames
            .filter(place => JSON.stringify(duesAccount ?? null).includes(fenOf(place)))
            .map(place => `fen ${place}`),
          ...(duesAccount && duesAccount.balanceFen !== fenOf(name) ? [`another’s fen at ${name}`] : []),
          ...(real
            ? [
                'the whole account',
                ...placeNames
                  .filter(place => JSON.stringify(real).includes(fenOf(place)))
                  .map(place => `lies ${place}`),
              ]
            : []),
        ]
      })
    },
    'dues books': async (ask, actor) => {
      const part =
        'closingFen byReason { inFen } months { closingFen } lines(first: 50) { totalCount nodes { text balanceFen } }'
      const answer = await ask.dues(
        actor,
        `query ($refs: [_Any!]!, $from: Date!, $until: Date!) { _entities(representations: $refs) { ... on Organisation {
          duesAccount { book(from: $from, until: $until) { own { ${part} } funds { ${part} fund { name } } } } } } }`,
        { refs: orgRefs, from: `${shanghaiDay(new Date()).slice(0, 4)}-01-01`, until: shanghaiDay(new Date()) },
      )
      return each(placeNames, answer.data?._entities, ({ duesAccount }, name) => {
        const book = duesAccount?.book
        if (!book) return []
        return [
          ...(book.own.closingFen === fenOf(name) ? [`book ${name}`] : [`another’s book at ${name}`]),
          ...book.own.lines.nodes.map(({ text }: Data) => `line ${text.split('：')[1]} at ${name}`),
          ...book.funds.map(({ fund }: Data) => `fund ${fund.name} in the book of ${name}`),
        ]
      })
    },
    'dues reports': async (ask, actor) => {
      const answer = await ask.dues(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
          duesReport(year: 2025) { proposals } duesReportsBelow(year: 2025) { organisation { id } report { proposals } } } } }`,
        { refs: orgRefs },
      )
      // Whose report it is counts, and not under whom it was found.
      const placeOf = (id: string) => placeNames.find(name => org[name] === id)
      return each(placeNames, answer.data?._entities, ({ duesReport, duesReportsBelow }, name) => [
        ...(duesReport ? [`report ${name}`] : []),
        ...duesReportsBelow.flatMap(({ organisation, report }: Data) =>
          report ? [`report ${placeOf(organisation.id)}`] : [],
        ),
      ])
    },
    'dues publications': async (ask, actor) => {
      const answer = await ask.dues(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
          duesPublications(first: 50) { totalCount nodes { remarks statement { closingFen } } } } } }`,
        { refs: orgRefs },
      )
      return each(placeNames, answer.data?._entities, ({ duesPublications: { totalCount, nodes } }, name) => [
        ...(totalCount === 0 ? [] : [`publications ${name} ${totalCount}`]),
        ...(JSON.stringify(nodes).includes(publishedBy(name)) ? [`publication ${name}`] : []),
      ])
    },
    'dues spendings': async (ask, actor) => {
      const spending = 'payee purpose state steps { kind } vouchers { number }'
      const answer = await ask.dues(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
          spendings(first: 50, below: true) { totalCount nodes { ${spending} } } duesToPassUp(year: 2026) { passedFen } } } }`,
        { refs: orgRefs },
      )
      const text = JSON.stringify(answer.data ?? null)
      const listed = each(placeNames, answer.data?._entities, ({ spendings, duesToPassUp }, name) => [
        ...(spendings.totalCount > 0 ? [`spendings ${name} ${spendings.totalCount}`] : []),
        ...(duesToPassUp && duesToPassUp.passedFen !== '0' ? [`share ${name}`] : []),
      ])
      return [...listed, ...placeNames.flatMap(name => (text.includes(payeeOf(name)) ? [`spending ${name}`] : []))]
    },
    'dues spendings by id': async (ask, actor) => {
      const refs = placeNames.map(name => ({ __typename: 'DuesSpending', id: books.spendings[name] }))
      const answer = await ask.dues(
        actor,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesSpending { payee amountFen steps { takenAt } } } }',
        { refs },
      )
      return each(placeNames, answer.data?._entities, (_, name) => [`spending ${name}`])
    },
    'dues papers of vouchers': async (ask, actor) => {
      const refs = placeNames.map(name => ({ __typename: 'DuesSpending', id: books.spendings[name] }))
      const vouchers = await ask.dues(
        district.county.admin,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesSpending { vouchers { id } } } }',
        { refs },
      )
      const found: Data[] = vouchers.data?._entities ?? []
      const ids: { id: string }[] = found.flatMap(spending => spending?.vouchers ?? [])
      const links = await Promise.all(
        ids.map(({ id: voucherId }) =>
          ask.dues(actor, 'query ($voucherId: ID!) { duesVoucherPaperLink(voucherId: $voucherId) { url } }', {
            voucherId,
          }),
        ),
      )
      return placeNames.flatMap((name, n) => (links[n]?.data ? [`paper ${name}`] : []))
    },
    'dues journals': async (ask, actor) => {
      const refs = placeNames.map(name => ({ __typename: 'DuesJournal', id: books.journals[name] }))
      const answer = await ask.dues(
        actor,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesJournal { note reason countsOn reversedBy { id } } } }',
        { refs },
      )
      return each(placeNames, answer.data?._entities, (_, name) => [`journal ${name}`])
    },
    'dues funds and limits': async (ask, actor) => {
      const refs = [...placeNames.map(name => ({ __typename: 'DuesFund', id: books.funds[name] })), ...orgRefs]
      const answer = await ask.dues(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesFund { name balanceFen entries { totalCount } }
          ... on Organisation { duesAccount { limits { limitFen } funds { name } holds { totalCount } } } } }`,
        { refs },
      )
      const { data } = answer
      const direct = each(placeNames, data?._entities.slice(0, placeNames.length), ({ name }) => [`fund ${name}`])
      const beside = each(placeNames, data?._entities.slice(placeNames.length), ({ duesAccount }, name) => [
        ...(duesAccount?.limits.some((limit: Data) => limit.limitFen === fenOf(name)) ? [`limit ${name}`] : []),
        ...(duesAccount?.funds.map((fund: Data) => `fund ${fund.name} beside`) ?? []),
      ])
      return [...direct, ...beside]
    },
    'dues fixings and waivers': async (ask, actor) => {
      const fixing = 'duesFixing(year: $year) { lines(first: 50) { nodes { member { id } } } }'
      const waivers = 'duesWaivers(first: 50) { nodes { member { id } } }'
      const own = 'duesRecord { fixings(year: $year) { member { id } } waivers { member { id } } }'
      const { data } = await ask.dues(
        actor,
        `query ($refs: [_Any!]!, $year: Int!) { _entities(representations: $refs) {
          ... on Organisation { ${fixing} ${waivers} } ... on Member { ${own} } } }`,
        { refs: [...orgRefs, ...memberRefs], year: Number(shanghaiDay(new Date()).slice(0, 4)) },
      )
      const found: Data[] = data?._entities ?? []
      const lines = found.flatMap(entity => entity?.duesFixing?.lines.nodes ?? entity?.duesRecord?.fixings ?? [])
      const waived = found.flatMap(entity => entity?.duesWaivers?.nodes ?? entity?.duesRecord?.waivers ?? [])
      const of = (what: string, rows: Data[]) =>
        personNames
          .filter(name => rows.some(({ member }) => member.id === memberIds[name]))
          .map(name => `${what} ${name}`)
      return [...of('fixing', lines), ...of('waiver', waived)]
    },
    'dues bills and payments': async (ask, actor) => {
      const own = 'duesRecord { bills { member { id } } payments(first: 5) { nodes { member { id } } } }'
      const { data } = await ask.dues(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) {
          ... on Organisation { duesBills(first: 50) { nodes { member { id } } } duesPayments(first: 50) { nodes { member { id } } } }
          ... on Member { ${own} } } }`,
        { refs: [...orgRefs, ...memberRefs] },
      )
      const found: Data[] = data?._entities ?? []
      const bills = found.flatMap(entity => entity?.duesBills?.nodes ?? entity?.duesRecord?.bills ?? [])
      const payments = found.flatMap(entity => entity?.duesPayments?.nodes ?? entity?.duesRecord?.payments.nodes ?? [])
      const of = (what: string, rows: Data[]) =>
        personNames
          .filter(name => rows.some(({ member }) => member.id === memberIds[name]))
          .map(name => `${what} ${name}`)
      return [...of('bill', bills), ...of('payment', payments)]
    },
    ...duesEntrancesOf(district),
    'personal inbox': async (ask, actor) => {
      const { data } = await ask.workflows(
        actor,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Me { personalInbox(first: 50) { totalCount nodes { month } } } } }',
        { refs: [{ __typename: 'Me', id: `Account:${actor.accountId}` }] },
      )
      const found = data?._entities?.[0]?.personalInbox
      // An app is nobody who has a file.
      if (!found) return []
      const theirs = personNames.filter(name => found.nodes.some(({ month }: Data) => month === monthOfReminder(name)))
      return [
        ...theirs.map(name => `reminded ${name}`),
        ...(found.totalCount === theirs.length ? [] : [`counts reminders ${found.totalCount}`]),
      ]
    },
    'assessment _entities': async (ask, actor) => {
      const answer = await ask.assessment(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { indicators { key counted } } ... on Member { indicators { key } } } }`,
        { refs: [...orgRefs, ...memberRefs] },
      )
      return each([...placeNames, ...personNames], answer.data?._entities, (entity, name) =>
        entity.indicators.length > 0 ? [`indicators ${name}`] : [],
      )
    },
    'offices and accounts': async (ask, actor) => {
      const answer = await ask.org(
        actor,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { id offices(first: 50, history: true) { totalCount nodes { account { id } } } } } }',
        { refs: orgRefs },
      )
      return each(placeNames, answer.data?._entities, (entity, name) =>
        entity.offices.totalCount > 0 ? [`offices ${name}`] : [],
      )
    },
    ...organisationEntrancesOf(district),
    ...lifeEntrancesOf(district),
    ...reviewEntrancesOf(district),
    ...jointEntrancesOf(district),
    ...appealEntrancesOf(district),
    ...drawEntrancesOf(district),
    ...factEntrancesOf(district),
    imports: async (ask, actor) => {
      const fields = 'state findings { totalCount nodes { code found } }'
      const found = async (name: keyof typeof imports) => {
        const service = name === 'org' ? 'org' : 'members'
        const type = name === 'org' ? 'OrganisationImport' : 'MemberImport'
        const field = name === 'org' ? 'organisationImport' : 'memberImport'
        const refs = [{ __typename: type, id: imports[name] }]
        const answers = [
          importFacts(
            await ask[service](actor, `query ($id: ID!) { ${field}(id: $id) { ${fields} } }`, { id: imports[name] }),
          ),
          importFacts(
            await ask[service](
              actor,
              `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on ${type} { ${fields} } } }`,
              { refs },
            ),
          ),
          importFacts({} as Answer, (await findingsCsv(county.world.urls[service], actor, imports[name])) ?? ''),
        ]
        return answers.flat().map((_, i) => `findings ${name} ${i}`)
      }
      return (await Promise.all((Object.keys(imports) as (keyof typeof imports)[]).map(found))).flat()
    },
  }
}

async function findingsCsv(url: string, actor: Actor, importId: string): Promise<string | null> {
  const { status, text } = await send(url, actor, { path: `/imports/${importId.split(':')[1]}/findings.csv` })
  return status === 200 ? text : null
}

/** Names, profiles and people that stand anywhere in an answer. */
function textFacts(district: District, text: string): Facts {
  return [
    ...placeNames.flatMap(name => (text.includes(profileOf(name)) ? [`profile ${name}`] : [])),
    ...placeNames.flatMap(name =>
      text.includes(nameOf(name)) || text.includes(`"${district.codes[name]}"`) ? [`name ${name}`] : [],
    ),
    ...personNames.flatMap(name => (text.includes(personNameOf(name)) ? [`person ${name}`] : [])),
  ]
}
