// Jest sees exactly what Node runs: the same type stripping, nothing else.
const { stripTypeScriptTypes } = require('node:module')
const { createHash } = require('node:crypto')

module.exports = {
  process: source => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
  getCacheKey: source => createHash('sha256').update(source).update(process.version).digest('hex'),
}
