import { type RawTx, systemActor, type Transact } from '@linghang/access'
import { activeTraceparent } from '@linghang/events'
import {
  type ChunkResult,
  type ImportScope,
  type Judgement,
  type Roster,
  type Row,
  readIdNumberCell,
  readPersonName,
} from '@linghang/rosters'
import type { CountySeal, Sealing } from '@linghang/sealing'
import type { Tx } from '../../work.ts'
import { hashOf, nameKeyOf } from '../people/member.ts'
import { sealNumbers } from '../people/seal-numbers.ts'
import { type MemberColumn, memberColumns } from '../roster/columns.ts'
import { createRosterJudge, type JudgedMember, type Registered } from '../roster/judge-roster.ts'
import type { MemberRecord } from '../roster/member-record.ts'
import { importedStore, type KnownOrganisations } from './store.ts'

/** How rosters of people are judged and taken over. */
export function createMemberRoster(deps: {
  transact: Transact<Tx>
  sealing: Sealing
  today: () => string
}): Roster<MemberColumn, Tx> {
  return {
    subject: 'Member',
    columns: memberColumns,
    async begin(scope, today) {
      const seal = await deps.sealing.ofCounty(scope.countyId)
      const organisations = await deps.transact(systemActor(scope.countyId), tx =>
        importedStore.organisations(tx, scope),
      )
      const registeredOf = (hashes: string[]) =>
        deps.transact(systemActor(scope.countyId), tx => importedStore.registered(tx, scope, hashes))
      return createJudgement(scope, today, { seal, organisations, registeredOf })
    },
    refusals: (tx, scope) => importedStore.refusals(tx, scope),
    takeOver: (tx, scope, after, limit, accountId) => takeOver(tx, scope, after, limit, accountId, deps.today()),
  }
}

type Known = {
  seal: CountySeal
  organisations: KnownOrganisations
  /** By ID number hash (hex): those whom the county's register has. */
  registeredOf: (hashes: string[]) => Promise<Map<string, Registered>>
}

function createJudgement(scope: ImportScope, today: string, known: Known): Judgement<MemberColumn> {
  let registered = new Map<string, Registered>()
  // A row that is refused still names its person: they are not missing from the file.
  const refused: string[] = []
  // Nor are they where the number cannot be read, damaged by a spreadsheet: their name is all there is to know them by.
  const namesRefused = new Set<string>()
  const named = new Set<string>()
  // A row asks for the hash of its number several times; a batch's are kept while it is judged.
  const hashes = new Map<string, string>()
  const hashOfNumber = (idNumber: string): string => {
    const hash = hashes.get(idNumber) ?? known.seal.fingerprint(idNumber, 'id-number').toString('hex')
    hashes.set(idNumber, hash)
    return hash
  }
  const judge = createRosterJudge({
    today,
    lookUpOrganisation: code => known.organisations.get(code)?.place,
    lookUpRegistered: idNumber => registered.get(hashOfNumber(idNumber)),
  })
  return {
    async judge(rows: Row<MemberColumn>[]) {
      hashes.clear()
      registered = await known.registeredOf(rows.flatMap(row => numberIn(row) ?? []).map(hashOfNumber))
      const judged = rows.map(judge)
      for (const [i, { member }] of judged.entries()) {
        const row = rows[i] as Row<MemberColumn>
        const idNumber = member ? null : numberIn(row)
        if (idNumber) refused.push(hashOfNumber(idNumber))
        else if (!member) namesRefused.add(readPersonName(row.cells.name).value ?? '')
        if (member) named.add(known.organisations.get(member.organisationCode)?.id as string)
      }
      return {
        findings: judged.flatMap(({ findings }) => findings),
        staged: judged.flatMap(row =>
          row.member ? [{ line: row.line, record: toStaged(row, row.member, known) }] : [],
        ),
      }
    },
    finish: async () => ({ findings: [], staged: [] }),
    foresee: (tx, after, through) => importedStore.foresee(tx, scope, after, through),
    missing: (tx: RawTx) => importedStore.missing(tx, scope, [...named], refused, [...namesRefused]),
  }
}

const numberIn = (row: Row<MemberColumn>): string | null => {
  const { value, refusal } = readIdNumberCell(row.cells.idNumber)
  return refusal ? null : value.number
}

/** The columns of the register that a column of a roster fills; of the others each row says something. */
const filledBy: Partial<Record<MemberColumn, readonly string[]>> = {
  ethnicity: ['ethnicity'],
  education: ['education'],
  kind: ['kind'],
  appliedOn: ['applied_on'],
  activistSince: ['activist_since'],
  candidateSince: ['candidate_since'],
  joinedOn: ['joined_on'],
  fullMemberSince: ['full_member_since'],
  post: ['post'],
  phone: ['phone_sealed', 'phone_hash', 'phone_masked'],
  duesCategory: ['dues_category'],
  duesBase: ['dues_base_fen'],
  floating: ['floating'],
  lostContact: ['lost_contact'],
}

/**
 * What a row says of a person, by the register's columns, its numbers sealed already: staging is no place for open ones
 * either. Of what it says nothing the register keeps what it has; `whole` is the hash of the record where it says all.
 */
function toStaged({ silent }: JudgedMember, member: MemberRecord, known: Known): object {
  const orgId = known.organisations.get(member.organisationCode)?.id as string
  const { idNumber, phone, organisationCode, duesBaseFen, ...rest } = member
  const numbers = sealNumbers(known.seal, { idNumber, phone })
  const bytes = (value: Uint8Array | null) => value && `\\x${Buffer.from(value).toString('hex')}`
  const said: Record<string, unknown> = {
    org_id: orgId,
    name: member.name,
    name_key: nameKeyOf(member.name),
    sex: member.sex,
    ethnicity: member.ethnicity,
    birth_date: member.birthDate,
    education: member.education,
    kind: member.kind,
    applied_on: member.appliedOn,
    activist_since: member.activistSince,
    candidate_since: member.candidateSince,
    joined_on: member.joinedOn,
    full_member_since: member.fullMemberSince,
    post: member.post,
    id_number_sealed: bytes(numbers.idNumberSealed),
    id_number_hash: bytes(numbers.idNumberHash),
    id_number_masked: numbers.idNumberMasked,
    phone_sealed: bytes(numbers.phoneSealed),
    phone_hash: bytes(numbers.phoneHash),
    phone_masked: numbers.phoneMasked,
    dues_category: member.duesCategory,
    dues_base_fen: duesBaseFen?.toString() ?? null,
    floating: member.floating,
    lost_contact: member.lostContact,
  }
  const unsaid = [...silent].flatMap(column => filledBy[column] ?? [])
  for (const column of unsaid) delete said[column]
  return {
    said,
    whole: unsaid.length > 0 ? null : hashOf({ ...rest, ...numbers, orgId, duesBaseFen }).toString('hex'),
  }
}

async function takeOver(
  tx: Tx,
  scope: ImportScope,
  after: number,
  limit: number,
  accountId: string | null,
  today: string,
): Promise<ChunkResult> {
  const through = after + limit
  const { taken, added, changed, unchanged, refused } = await importedStore.takeOver(tx, {
    scope,
    after,
    through,
    accountId,
    today,
    traceparent: activeTraceparent(),
  })
  return { taken, through, added, changed, unchanged, refused }
}
