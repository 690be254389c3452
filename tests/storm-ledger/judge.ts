import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import type { StormBooks } from './books.ts'
import { accountCount, limited, limitFen } from './plan.ts'
import type { Told } from './play.ts'
import type { Stack } from './stack.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the books hold otherwise than what was acknowledged; empty where they hold that and nothing else. */
export async function judge(stack: Stack, { accounts }: StormBooks, told: readonly Told[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: stack.superuserUrl })
  await client.connect()
  const rowsOf = async (text: string) => (await client.query(text)).rows as Record<string, string>[]
  const faults: string[] = []

  const compare = async (what: Told['what'], text: string) => {
    const found = Map.groupBy(await rowsOf(text), ({ note }) => note ?? '')
    for (const { note, outcome } of told.filter(step => step.what === what)) {
      const ids = (found.get(note) ?? []).map(({ id }) => id)
      const wanted = 'id' in outcome ? [outcome.id] : []
      if (JSON.stringify(ids) !== JSON.stringify(wanted))
        faults.push(`${what} ${note}: acknowledged ${JSON.stringify(outcome)}, in the books ${JSON.stringify(ids)}`)
      found.delete(note)
    }
    for (const note of found.keys()) faults.push(`${what} ${note}: in the books and never acknowledged`)
  }
  await compare('JOURNAL', `select note, id from ledger_journal where reason <> 'DUES_PAID' order by id`)
  // By the provider's number: the order that it has settled, once for each payment and journal that it has become.
  await compare(
    'ORDER',
    `select o.trade_no as note, o.id from ledger_journal j join dues_payment p on p.journal_id = j.id
     join dues_order o on o.id = p.order_id where j.reason = 'DUES_PAID' order by j.id`,
  )
  const [unbooked] = await rowsOf(
    `select count(*) as n from dues_order o where state <> 'SETTLED' or not exists (select from dues_payment where order_id = o.id)`,
  )
  if (unbooked?.n !== '0') faults.push(`${unbooked?.n} orders are not settled, or in no books`)
  await compare('HOLD', 'select note, id from ledger_hold order by id')

  const wanted = Array.from({ length: accountCount }, () => 0)
  for (const { outcome, moves } of told)
    if ('id' in outcome) for (const [account, fen] of moves) wanted[account] = (wanted[account] ?? 0) + fen
  const balances = new Map(
    (await rowsOf('select account_id, balance_fen from ledger_balance')).map(row => [row.account_id, row.balance_fen]),
  )
  for (const [n, account] of accounts.entries())
    if (balances.get(account) !== `${wanted[n]}`)
      faults.push(`account ${n}: ${balances.get(account)} fen in the books, ${wanted[n]} by what was acknowledged`)

  const [spent] = await rowsOf(
    `select coalesce(max(s.fen), 0) as fen from (
       select sum(-e.amount_fen) as fen from ledger_entry e join ledger_journal j on j.id = e.journal_id
       where j.reason = 'SPENT' and e.account_id in (${accounts.slice(0, limited).map(id => `'${id}'`)}) group by e.account_id) s`,
  )
  if (Number(spent?.fen) > limitFen) faults.push(`of a limited account ${spent?.fen} fen were spent, of ${limitFen}`)
  await client.end()

  const verified = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', `${root}/services/dues/src/ledger/command.ts`],
    { env: { ...process.env, DATABASE_URL: stack.databaseUrl } },
  ).catch(error => ({ stdout: '', stderr: `${error.stderr}` }))
  process.stdout.write(`ledger:verify: ${verified.stdout}${verified.stderr}`)
  if (!verified.stdout) faults.push(`ledger:verify: ${verified.stderr}`)
  return faults
}
