/** npm run dev: like npm start, with the programs restarted whenever a file they loaded changes. */
process.argv.push('--watch');
await import('#src/main/start.ts');
