import { join, resolve } from 'node:path'
import { root, runFile } from './bootstrap.mjs'

const [file, ...args] = process.argv.slice(2)

if (file === undefined) {
  console.error('用法：node deploy/local/run.mjs <文件> [参数]\nUsage: node deploy/local/run.mjs <file> [arguments]')
  process.exit(2)
}
runFile(file === '--check' ? join(root, 'deploy/local/src/check.ts') : resolve(root, file), args)
