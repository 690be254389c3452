import { recordAudit, whenTaken } from '@linghang/access'
import { isBranch } from '@linghang/rulebook'
import { useCase } from '../../work.ts'
import { type Bank, readBankNumber } from './account.ts'
import { fail } from './errors.ts'
import { requirePast } from './past-day.ts'
import { accountStore } from './store.ts'

export type OpenDuesAccount = {
  orgId: string
  bank: Bank
  bankNumber: string
  /** From which day it is kept here; today where it is left out. */
  openedOn: string | null
}

/**
 * Records the bank account in which a committee keeps dues (党费规定 2008, art. 24), and opens a virtual one for it and
 * for every organisation under it that has no nearer one (S0-24). The number is kept sealed; its last four digits show.
 * @returns the real account's id
 * @throws DomainError NOT_FOUND, NO_ACCOUNT_OF_ITS_OWN, BAD_INPUT, DUES_ACCOUNT_OPEN_ALREADY, DUES_ACCOUNT_HAS_MONEY
 */
export const openDuesAccount = useCase(
  'openDuesAccount',
  async (work, { orgId, bank, bankNumber, openedOn }: OpenDuesAccount): Promise<string> => {
    const { tx, actor, today } = work
    await accountStore.lockTree(tx, actor.countyId)
    const kept = await work.supervision.kept([orgId])
    const organisation = kept.has(orgId) ? await accountStore.organisation(tx, actor.countyId, orgId) : undefined
    if (!organisation) return fail('NOT_FOUND', { what: `Organisation:${orgId}` })
    const { code, kind } = organisation
    if (isBranch(kind)) fail('NO_ACCOUNT_OF_ITS_OWN', { code })
    const number = readBankNumber(bankNumber)
    if (number === null)
      return fail('BAD_INPUT', {
        ...{ field: 'bankNumber', found: `${Array.from(bankNumber).length}` },
        ...{ wanted: '8 to 32 digits', wantedZh: '8 至 32 位数字' },
      })
    const from = requirePast(work, 'openedOn', openedOn ?? today)
    const left = await accountStore.moneyElsewhere(tx, orgId)
    if (left) fail('DUES_ACCOUNT_HAS_MONEY', { code: left.code, found: `${left.balanceFen}` })
    const id = work.newId()
    await accountStore
      .insertReal(
        tx,
        {
          ...{ id, countyId: actor.countyId, orgId, bank, openedOn: from },
          bankDigits: number.slice(-4),
          bankNumberSealed: new Uint8Array(work.seal().seal(number, 'bank-number')),
        },
        work.newId,
      )
      .catch(whenTaken(() => fail('DUES_ACCOUNT_OPEN_ALREADY', { code })))
    await accountStore.openVirtual(tx, actor.countyId, [orgId], today)
    await recordAudit(work, [{ orgId, action: 'dues-account.opened', subjectType: 'RealDuesAccount', subjectId: id }])
    return id
  },
  { rights: 'COUNTY' },
)
