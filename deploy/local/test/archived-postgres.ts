import { chmod, chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type PostgresServer, runCommand, startPostgres } from '@linghang/devstack'
import { until } from '@linghang/harness/until'
import pg from 'pg'

/**
 * A PostgreSQL that keeps its log in an archive, as whoever runs it for a city has it: a copy of its files and the
 * archive bring it back to any moment since.
 */
export async function startArchived(stateDir: string) {
  const report = () => undefined
  const archive = join(stateDir, 'archive')
  const copy = join(stateDir, 'copy')
  // PostgreSQL is another user where the tests run as root.
  await chmod(stateDir, 0o755)
  await mkdir(archive, { mode: 0o777 })
  await chmod(archive, 0o777)
  let server: PostgresServer = await startPostgres({ stateDir, report })
  const ask = async (sql: string) => (await asked(server, client => client.query(sql))).rows[0] ?? {}
  const dataDir: string = (await ask('show data_directory')).data_directory
  await ask(`alter system set archive_mode = 'on'`)
  await ask(`alter system set archive_command = 'test ! -f ${archive}/%f && cp %p ${archive}/%f'`)
  await server.stop()
  server = await startPostgres({ stateDir, report })

  return {
    superuserUrl: server.superuserUrl,
    /** Copies the files while the server works on them; what the copy lacks is in the archive. */
    async copy(): Promise<void> {
      await asked(server, async client => {
        await client.query(`select pg_backup_start('copy', true)`)
        // With its owner, and without what only the running server has: its number, and the log that is in the archive.
        const copied = await runCommand('cp', ['-a', dataDir, copy], { timeoutMs: 60_000 })
        if (copied.code !== 0) throw new Error(copied.stderr)
        await rm(join(copy, 'postmaster.pid'))
        for (const name of await readdir(join(copy, 'pg_wal')))
          if (/^[0-9A-F]{24}$/.test(name)) await rm(join(copy, 'pg_wal', name))
        const { rows } = await client.query('select labelfile from pg_backup_stop()')
        await put(copy, 'backup_label', rows[0].labelfile)
      })
    },
    /** Until what was acknowledged by now lies in the archive. @returns the place in the log */
    async archived(): Promise<string> {
      const { lsn, file } = await ask(
        'select pg_current_wal_lsn()::text as lsn, pg_walfile_name(pg_current_wal_lsn()) as file',
      )
      await ask('select pg_switch_wal()')
      const isThere = async () =>
        ((await ask('select last_archived_wal as file from pg_stat_archiver')).file ?? '') >= file
      await until(isThere, 60_000, 'the log is archived')
      return lsn
    },
    /** Ends the server as a lost machine does, with its files. */
    async lose(): Promise<void> {
      server.kill('SIGKILL')
      await server.exited
      await rm(dataDir, { recursive: true })
    },
    /** Brings copy and archive back to a place in the log. */
    async restore(lsn: string): Promise<void> {
      await rename(copy, dataDir)
      const settings = `restore_command = 'cp ${archive}/%f %p'\nrecovery_target_lsn = '${lsn}'\nrecovery_target_action = 'promote'\n`
      await put(dataDir, 'postgresql.auto.conf', settings)
      await put(dataDir, 'recovery.signal', '')
      server = await startPostgres({ stateDir, report })
      await until(
        async () => (await ask('select pg_is_in_recovery() as it')).it === false,
        60_000,
        'recovery has ended',
      )
    },
    stop: () => server.stop(),
  }
}
/** A file that belongs to whoever owns the folder. */
async function put(folder: string, name: string, text: string): Promise<void> {
  const { uid, gid } = await stat(folder)
  await writeFile(join(folder, name), text)
  await chown(join(folder, name), uid, gid)
}
export type ArchivedPostgres = Awaited<ReturnType<typeof startArchived>>

async function asked<T>(server: PostgresServer, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server.superuserUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
