import { shanghaiDay } from '@linghang/access'
import type { Data } from '@linghang/harness/ask'
import { fenOf, payeeOf } from './books.ts'
import type { District } from './district.ts'
import { each, type Look } from './facts.ts'
import { personNames, placeNames } from './places.ts'
import { publishedBy } from './planted.ts'

/** Every entry to what is owed and paid, and to accounts, books, funds and spending. */
export function bookEntrancesOf(district: District): Record<string, Look> {
  const { org, person: memberIds, books } = district
  const orgRefs = placeNames.map(name => ({ __typename: 'Organisation', id: org[name] }))
  const memberRefs = personNames.map(name => ({ __typename: 'Member', id: memberIds[name] }))
  return {
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
  }
}
