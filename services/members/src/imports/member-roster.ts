import { type RawTx, systemActor, type Transact } from '@linghang/access'
import { activeTraceparent } from '@linghang/events'
import {
  type ChunkResult,
  type ImportScope,
  type Judgement,
  type Roster,
  type Row,
  readIdNumberCell,
} from '@linghang/rosters'
import type { CountySeal, Sealing } from '@linghang/sealing'
import type { Tx } from '../deps.ts'
import { hashOf, nameKeyOf } from '../people/member.ts'
import { sealNumbers } from '../people/write-member.ts'
import { type MemberColumn, memberColumns } from '../roster/columns.ts'
import { createRosterJudge } from '../roster/judge-roster.ts'
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
      const branchesOf = (hashes: string[]) =>
        deps.transact(systemActor(scope.countyId), tx => importedStore.registeredBranches(tx, scope, hashes))
      return createJudgement(scope, today, { seal, organisations, branchesOf })
    },
    takeOver: (tx, scope, after, limit, accountId) => takeOver(tx, scope, after, limit, accountId, deps.today()),
  }
}

type Known = {
  seal: CountySeal
  organisations: KnownOrganisations
  /** Branch code by ID number hash (hex), of those who are registered; '' for a branch outside of the scope. */
  branchesOf: (hashes: string[]) => Promise<Map<string, string>>
}

function createJudgement(scope: ImportScope, today: string, known: Known): Judgement<MemberColumn> {
  let branches = new Map<string, string>()
  // A row that is refused still names its person: they are not missing from the file.
  const refused: string[] = []
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
    lookUpRegisteredBranch: idNumber => branches.get(hashOfNumber(idNumber)),
  })
  return {
    async judge(rows: Row<MemberColumn>[]) {
      hashes.clear()
      branches = await known.branchesOf(rows.flatMap(row => numberIn(row) ?? []).map(hashOfNumber))
      const judged = rows.map(judge)
      for (const [i, { member }] of judged.entries()) {
        const idNumber = member ? null : numberIn(rows[i] as Row<MemberColumn>)
        if (idNumber) refused.push(hashOfNumber(idNumber))
        if (member) named.add(known.organisations.get(member.organisationCode)?.id as string)
      }
      return {
        findings: judged.flatMap(({ findings }) => findings),
        staged: judged.flatMap(({ line, member }) => (member ? [{ line, record: toStaged(member, known) }] : [])),
      }
    },
    finish: async () => ({ findings: [], staged: [] }),
    missing: (tx: RawTx) => importedStore.missing(tx, scope, [...named], refused),
  }
}

const numberIn = (row: Row<MemberColumn>): string | null => {
  const { value, refusal } = readIdNumberCell(row.cells.idNumber)
  return refusal ? null : value.number
}

/** A row as it will stand in the register, its numbers sealed already: staging is no place for open ones either. */
function toStaged(member: MemberRecord, known: Known): object {
  const orgId = known.organisations.get(member.organisationCode)?.id as string
  const { idNumber, phone, organisationCode, duesBaseFen, ...rest } = member
  const numbers = sealNumbers(known.seal, { idNumber, phone })
  const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('hex')
  return {
    ...rest,
    orgId,
    nameKey: nameKeyOf(member.name),
    duesBaseFen: duesBaseFen?.toString() ?? null,
    idNumberSealed: hex(numbers.idNumberSealed),
    idNumberHash: hex(numbers.idNumberHash),
    idNumberMasked: numbers.idNumberMasked,
    phoneSealed: hex(numbers.phoneSealed),
    phoneHash: hex(numbers.phoneHash),
    phoneMasked: numbers.phoneMasked,
    contentHash: hashOf({ ...rest, ...numbers, orgId, duesBaseFen }).toString('hex'),
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
  const { taken, added, changed } = await importedStore.takeOver(tx, {
    importId: scope.id,
    countyId: scope.countyId,
    after,
    through,
    accountId,
    today,
    traceparent: activeTraceparent(),
  })
  return { taken, through, added, changed, unchanged: taken - added - changed }
}
