import { shanghaiDay } from '@linghang/access'
import { createAdapter } from '@linghang/database'
import { createLinks } from '@linghang/papers/links'
import { askedRoom, keepAsked, type Plan, type Replaced, standUp, treeRoom } from '@linghang/subgraph'
import { startActivityWorker } from '@linghang/temporal'
import { PrismaClient } from '../prisma/client/client.ts'
import { reopenOvertaken } from './appeals/cases/reopen-overtaken.ts'
import { appeals } from './appeals/cases/room.ts'
import { appealSettings } from './appeals/settings/room.ts'
import { forms as handedIn } from './asked/forms.ts'
import { boardDecisions } from './boards/decisions/room.ts'
import { naming } from './boards/naming/room.ts'
import { boards } from './boards/places/room.ts'
import { talks } from './boards/talks/room.ts'
import { countWaiting } from './count-waiting.ts'
import { draws } from './draws/draws/room.ts'
import { lists } from './draws/lists/room.ts'
import { reviews } from './draws/reviews/room.ts'
import type { ServerEnvironment } from './env.ts'
import { duties } from './facts/duties/room.ts'
import { exemptions } from './facts/exemptions/room.ts'
import { journal } from './facts/journal/room.ts'
import { organisations } from './facts/organisations/room.ts'
import { people } from './facts/people/room.ts'
import { reading } from './facts/reading/room.ts'
import { recorded } from './facts/recorded/room.ts'
import { indicators } from './indicators/room.ts'
import { decisions } from './packs/decisions/room.ts'
import { counties } from './reports/counties/room.ts'
import { sumCounty } from './reports/counties/sum-county.ts'
import { indices } from './reports/indices/room.ts'
import { lights } from './reports/lights/room.ts'
import { reportActivities } from './reports/monthly/activities.ts'
import { monthlyReports } from './reports/monthly/room.ts'
import { reportSettings } from './reports/settings/room.ts'
import { keepProposals } from './sheets/deductions/keep-proposals.ts'
import { deductions } from './sheets/deductions/room.ts'
import { sheetDocuments } from './sheets/documents/room.ts'
import { dryRuns } from './sheets/dry-run/room.ts'
import { runDryBatch } from './sheets/dry-run/run-batch.ts'
import { publishBatch } from './sheets/publication/publish-batch.ts'
import { publication } from './sheets/publication/room.ts'
import { sheets } from './sheets/reading/room.ts'
import { keepScores } from './sheets/scoring/keep-scores.ts'
import { waitingStore } from './sheets/scoring/waiting-store.ts'
import { tellChanges } from './sheets/telling/tell-changes.ts'
import type { Tx } from './work.ts'

const schemaFile = new URL('../schema.graphql', import.meta.url)

/** The assessment service: its rooms, and what they stand on. */
export const plan = (env: ServerEnvironment, replaced: Replaced = {}): Plan<Tx, PrismaClient, object> => ({
  ...{ name: 'assessment', env, replaced },
  schemaFile,
  createPrisma: pool => new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' }),
  build({ asService, now, log }) {
    const links = createLinks(() => env.CURSOR_KEY)
    return {
      ownOf: () => ({}),
      rooms: [
        treeRoom,
        indicators,
        journal,
        people,
        organisations,
        duties,
        recorded,
        exemptions,
        reading,
        decisions,
        sheets,
        publication,
        dryRuns,
        sheetDocuments(links),
        deductions,
        lists,
        draws,
        reviews,
        appealSettings,
        appeals,
        indices,
        counties,
        lights,
        reportSettings,
        monthlyReports(links),
        boardDecisions,
        naming,
        boards,
        talks,
        askedRoom('assessment', handedIn, schemaFile),
      ],
      beside: (perform): Record<string, { stop(): Promise<void> }> => {
        countWaiting(() => asService(waitingStore.watched))
        return {
          asked: keepAsked('assessment', handedIn, schemaFile, { asService, perform, log }),
          scores: keepScores({
            waiting: () => asService(tx => waitingStore.waiting(tx, shanghaiDay(now()))),
            async heard(work, rescored) {
              await keepProposals(work, rescored)
              await reopenOvertaken(work, rescored)
              await tellChanges(work, rescored)
            },
            afterwards: [
              work => publishBatch.run(work, {}),
              work => runDryBatch.run(work, {}),
              work => sumCounty.run(work, {}),
            ],
            ...{ perform, log },
          }),
          ...(env.temporal
            ? {
                activities: startActivityWorker({
                  ...{ env: env.temporal, taskQueue: 'assessment', log },
                  activities: reportActivities({ perform, asService, now }),
                }),
              }
            : {}),
        }
      },
    }
  },
})

/** The same, standing. */
export const start = (env: ServerEnvironment, replaced: Replaced = {}) => standUp(plan(env, replaced))
