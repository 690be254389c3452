import { type Actor, createPerform, shanghaiDay, surroundings } from '@linghang/access'
import { createAdapter } from '@linghang/database'
import { createLinks } from '@linghang/papers/links'
import { importRoom, startImportWorker } from '@linghang/rosters/imports'
import { createSealing } from '@linghang/sealing'
import { keepHourly, type Plan, type Replaced, standUp } from '@linghang/subgraph'
import { PrismaClient } from '../prisma/client/client.ts'
import { electionPapersRoom } from './elections/papers/room.ts'
import { answerElections } from './elections/process/ask-superior.ts'
import { elections } from './elections/process/room.ts'
import { electionSettings } from './elections/settings/room.ts'
import type { ServerEnvironment } from './env.ts'
import { appraisal } from './life/appraisal/room.ts'
import { lifeArchive } from './life/archive/room.ts'
import { asked } from './life/asked/room.ts'
import { criticism } from './life/criticism/room.ts'
import { jointActivities } from './life/joint/room.ts'
import { ledgers } from './life/ledgers/room.ts'
import { library } from './life/library/room.ts'
import { live } from './life/live/room.ts'
import { meetings } from './life/meetings/room.ts'
import { tellUntold } from './life/meetings/tell-attendance.ts'
import { minutes } from './life/minutes/room.ts'
import { notices } from './life/notices/room.ts'
import { answerPlans } from './life/plans/answer-plans.ts'
import { plans } from './life/plans/room.ts'
import { remarks } from './life/remarks/room.ts'
import { search } from './life/search/room.ts'
import { lifeSettings } from './life/settings/room.ts'
import { signIn } from './life/sign-in/room.ts'
import { openThemeDays } from './life/theme-days/open-theme-days.ts'
import { themeDays } from './life/theme-days/room.ts'
import { themeDayStore } from './life/theme-days/store.ts'
import { themes } from './life/themes/room.ts'
import { accounts } from './structure/accounts/room.ts'
import { audit } from './structure/audit/room.ts'
import { answerChanges } from './structure/changes/carry-out.ts'
import { endTemporaryBranches } from './structure/changes/end-temporary.ts'
import { changes } from './structure/changes/room.ts'
import { checks } from './structure/checks/room.ts'
import { tellChecks } from './structure/checks/tell-checks.ts'
import { cities } from './structure/cities/room.ts'
import { counties } from './structure/counties/room.ts'
import { grantsRoom } from './structure/grants/room.ts'
import { groups } from './structure/groups/room.ts'
import { createOrganisationRoster } from './structure/imports/organisation-roster.ts'
import { withNodes } from './structure/nodes/room.ts'
import { offices } from './structure/offices/room.ts'
import { organisationById } from './structure/organisations/read-organisations.ts'
import { organisations } from './structure/organisations/room.ts'
import { countiesHere } from './structure/organisations/write-end.ts'
import { people } from './structure/people/room.ts'
import { placements } from './structure/placements/room.ts'
import { requests } from './structure/requests/room.ts'
import { seats } from './structure/seats/room.ts'
import type { Own, Tx, Work } from './work.ts'

const schemaFile = new URL('../schema.graphql', import.meta.url)

/** The org service: its rooms, and what they stand on. */
export const plan = (env: ServerEnvironment, replaced: Replaced = {}): Plan<Tx, PrismaClient, Own> => ({
  ...{ name: 'org', env, replaced },
  schemaFile,
  createPrisma: pool => new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' }),
  build({ transact, asService, now, newId, log }) {
    const sealing = createSealing(transact, () => env.REGISTER_KEYS)
    const imports = importRoom<Work>({ type: 'OrganisationImport', service: 'org', subject: organisationById })
    const roster = createOrganisationRoster(transact, newId)
    const links = createLinks(() => env.CURSOR_KEY)
    const ownOf = async ({ countyId }: Pick<Actor, 'countyId'>): Promise<Own> => ({
      seal: await sealing.opened(countyId),
    })
    const perform = createPerform(transact, { ...surroundings, now, newId }, ownOf)
    const today = () => shanghaiDay(now())
    return {
      ownOf,
      rooms: [
        ...withNodes(
          counties,
          people,
          organisations,
          accounts,
          cities,
          offices,
          seats,
          requests(answerChanges, answerElections, answerPlans),
          groups,
          placements,
          changes,
          checks,
          grantsRoom(asService, now),
          imports,
          meetings,
          signIn,
          notices,
          live,
          lifeSettings,
          themes,
          themeDays,
          plans,
          electionSettings,
          elections,
          electionPapersRoom(links),
          minutes(links),
          library(links),
          ledgers,
          asked(schemaFile),
          remarks,
          search,
          criticism,
          appraisal,
          lifeArchive(links),
          jointActivities,
          audit,
        ),
      ],
      beside: () => ({
        themeDays: keepHourly<Work>({
          ...{ what: 'theme days of the month are opened', perform, log },
          counties: () => asService(tx => themeDayStore.counties(tx)),
          run: work => openThemeDays.run(work, {}).then(() => null),
        }),
        temporary: keepHourly<Work>({
          ...{ what: 'temporary branches behind their last day are ended', perform, log },
          counties: () => asService(countiesHere),
          run: work => endTemporaryBranches.run(work, {}).then(() => null),
        }),
        attendance: keepHourly({
          ...{ what: 'who came to meetings is told where it never was', run: tellUntold, perform, log },
          counties: () => asService(countiesHere),
        }),
        structure: keepHourly({
          ...{ what: 'how organisations are set up is checked', run: tellChecks, perform, log },
          counties: () => asService(countiesHere),
        }),
        imports: startImportWorker({ roster, transact, asService, sealing, today, log }),
      }),
    }
  },
})

/** The same, standing. */
export const start = (env: ServerEnvironment, replaced: Replaced = {}) => standUp(plan(env, replaced))
