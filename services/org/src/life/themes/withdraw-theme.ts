import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { requireKept } from '../../structure/organisations/administration.ts'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { themeStore } from './store.ts'

/** @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, THEME_WITHDRAWN_ALREADY */
export const withdrawLifeTheme = useCase(
  'withdrawLifeTheme',
  async (work, { id, reason }: { id: string; reason: string }): Promise<string> => {
    const theme = await themeStore.lock(work.tx, work.actor.countyId, id)
    if (!theme) return fail('NOT_FOUND', { what: `LifeTheme:${id}` })
    await requireKept(work, theme.orgId, `LifeTheme:${id}`)
    const withdrawReason = requireReason(reason)
    if (theme.withdrawnAt) fail('THEME_WITHDRAWN_ALREADY', {})
    await themeStore.withdraw(work.tx, id, { withdrawnAt: work.now, withdrawReason })
    await recordAudit(work, [
      { orgId: theme.orgId, action: 'life-theme.withdrawn', subjectType: 'LifeTheme', subjectId: id },
    ])
    return id
  },
)
