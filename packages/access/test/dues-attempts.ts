import { shanghaiDay } from '@linghang/access'
import { contractOf } from '@linghang/harness/contract'
import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
} from 'graphql'
import type { Attempt } from './attempt.ts'
import type { District } from './district.ts'
import { type Person, type Place, people, personNames, placeNames } from './places.ts'

/** What dues can be asked, as the service itself says. */
export const duesSchema = contractOf('dues')
export const duesMutations = Object.values(duesSchema.getMutationType()?.getFields() ?? {})

/** Of what an id is, by what it is called and where; what is not known here no attempt is made with. */
const typeOfId: Readonly<Record<string, string>> = {
  ...{ organisationId: 'Organisation', memberId: 'Member', accountId: 'DuesAccount', journalId: 'DuesJournal' },
  ...{ lineId: 'DuesFixingLine', paymentId: 'DuesPayment', paymentIds: 'DuesPayment', orderId: 'DuesOrder' },
  ...{ receiptId: 'DuesReceipt', arrearsId: 'DuesArrears', waiverId: 'DuesWaiver', fundId: 'DuesFund' },
  ...{ correctsJournalId: 'DuesJournal', payerMemberId: 'Member', receiverId: 'Organisation' },
  ...{ settlementId: 'DuesSettlement', mismatchId: 'DuesMismatch', id: 'DuesSpending', voucherIds: 'DuesVoucher' },
  ...{ 'confirmBankLine.lineId': 'DuesBankLine', 'rejectBankLine.lineId': 'DuesBankLine' },
  ...{ 'closeDuesMonth.accountId': 'RealDuesAccount', 'reconcileDuesDay.accountId': 'RealDuesAccount' },
  ...{ publicationId: 'DuesPublication', reportId: 'DuesReport' },
  ...{ 'depositDuesCash.accountId': 'RealDuesAccount' },
}
/** What belongs to a whole county, and is set without an id. */
export const ofTheCounty = [
  'setDuesSettings',
  'setSpendingPolicy',
  'setDuesShares',
  'setDuesPublicationPolicy',
] as const
/** What members do with what is their own. */
const ofTheirOwn = ['payDuesOnline'] as const

type Target = { place: Place; person: Person | null }

/**
 * An input for every mutation of dues about a place that is not the actor's, or a person there: everything that has to be
 * said, and an id wherever one may stand.
 * @returns those that were made, and which ids of which mutations nothing is known of
 */
export function duesAttempts(district: District, booksKept: readonly Place[], own: Person | null) {
  const { org, person, planted } = district
  const today = shanghaiDay(new Date())
  const unknown = new Set<string>()
  const idOf = (mutation: string, name: string, target: Target): string | undefined => {
    const type = typeOfId[`${mutation}.${name}`] ?? typeOfId[name]
    if (type === undefined) unknown.add(`${mutation}.${name}`)
    if (type === undefined || type === 'DuesVoucher') return undefined
    if (type === 'Organisation') return org[target.place]
    if (type === 'Member') return target.person ? person[target.person] : undefined
    if (type === 'RealDuesAccount') return planted.RealDuesAccount?.root
    return planted[type]?.[target.place] ?? (target.person ? planted[type]?.[target.person] : undefined)
  }
  const value = (
    mutation: string,
    { name, type }: Pick<GraphQLInputField, 'name' | 'type'>,
    target: Target,
  ): unknown => {
    const inner = getNullableType(type)
    if (isListType(inner)) {
      const one = value(mutation, { name, type: inner.ofType }, target)
      // Where something has to be named, nothing is not it.
      return one === undefined ? (name === 'voucherIds' ? [] : undefined) : [one]
    }
    const named = getNamedType(type)
    if (isEnumType(named)) return named.getValues()[0]?.name
    if (isInputObjectType(named)) return inputOf(mutation, named, target)
    if (named.name === 'ID') return idOf(mutation, name, target)
    if (named.name === 'Int') return name === 'year' ? Number(today.slice(0, 4)) : 1
    return { Fen: '1', Boolean: true, Date: today, String: '95599000' }[named.name]
  }
  /** Undefined where something that has to be said is not there. */
  const inputOf = (
    mutation: string,
    type: GraphQLInputObjectType,
    target: Target,
  ): Record<string, unknown> | undefined => {
    const fields = Object.values(type.getFields()).map(field => {
      const needed = String(field.type).endsWith('!')
      const said = needed || getNamedType(field.type).name === 'ID' ? value(mutation, field, target) : undefined
      return { name: field.name, said, missing: needed && said === undefined }
    })
    if (fields.some(({ missing }) => missing)) return undefined
    return Object.fromEntries(fields.map(({ name, said }) => [name, said]))
  }
  const hasId = (input: object): boolean => /"[A-Z]\w+:[0-9a-f-]{36}"/.test(JSON.stringify(input))

  const beyond: Target[] = [
    ...placeNames.filter(place => !booksKept.includes(place)).map(place => ({ place, person: null })),
    ...personNames
      .filter(name => !booksKept.includes(people[name]) && name !== own)
      .map(name => ({ place: people[name], person: name })),
  ]
  const made: Attempt[] = duesMutations.flatMap(({ name, args }): Attempt[] => {
    const type = getNamedType(args.find(argument => argument.name === 'input')?.type)
    if (!isInputObjectType(type)) return []
    if ((ofTheirOwn as readonly string[]).includes(name)) return [{ field: name, input: {} }]
    // The county’s own administrator keeps everything there is, and a stranger sets what is a stranger’s.
    const isCounty = (ofTheCounty as readonly string[]).includes(name)
    if (isCounty && booksKept.includes('root')) return []
    const targets: Target[] = isCounty ? [{ place: 'root', person: null }] : beyond
    return targets.flatMap(target => {
      const input = inputOf(name, type, target)
      return input && (isCounty || hasId(input)) ? [{ field: name, input }] : []
    })
  })
  return { made, unknown: [...unknown].sort() }
}
