import { join } from 'node:path'
import { readJson, writeJson } from '@linghang/devstack'

/** A person of the demo who can sign in; the password is for this machine only. */
export interface DemoAccount {
  username: string
  /** The role as people write it after `--as`, for example `secretary`. */
  role: string
  organisationCode: string
  organisationName: string
  password: string
}

const fileOf = (stateDir: string): string => join(stateDir, 'demo-accounts.json')

const isAccount = (value: unknown): value is DemoAccount =>
  typeof value === 'object' &&
  value !== null &&
  ['username', 'role', 'organisationCode', 'organisationName', 'password'].every(
    name => typeof Reflect.get(value, name) === 'string',
  )

/** The people of the demo, empty when it has not been loaded. */
export const readDemoAccounts = async (stateDir: string): Promise<DemoAccount[]> => {
  const value = await readJson(fileOf(stateDir))
  return Array.isArray(value) ? value.filter(isAccount) : []
}

/** Writes the people of the demo down for `npm run token`. */
export const writeDemoAccounts = (stateDir: string, accounts: DemoAccount[]): Promise<void> =>
  writeJson(fileOf(stateDir), accounts)
