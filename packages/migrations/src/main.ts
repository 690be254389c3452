import { createLog } from '@linghang/telemetry'
import { readMigrateEnvironment } from './env.ts'
import { isMigrationFault } from './fault.ts'
import { migrate } from './migrate.ts'
import { migrationsOf } from './migrate-services.ts'

// The command of the image `migrate`: brings the databases up to date and ends, with 0 when nothing is left to do.
const fatal = createLog('migrate', 'info')
try {
  const { urls, lockSeconds, level } = readMigrateEnvironment(process.env)
  const log = createLog('migrate', level)
  for (const [service, url] of urls) {
    try {
      const applied = await migrate({ url, migrationsDir: migrationsOf(service), lockSeconds, log })
      log.info({ database: service, applied: applied.length }, 'up to date')
    } catch (fault) {
      // Databases do not hang together: whoever reads this mends all that is wrong at once.
      process.exitCode = 1
      if (isMigrationFault(fault)) log.error({ database: service, code: fault.code, zh: fault.zh }, fault.en)
      else log.error({ database: service, err: fault }, 'could not be migrated')
    }
  }
} catch (error) {
  process.exitCode = 1
  fatal.fatal({}, (error as Error).message)
}
