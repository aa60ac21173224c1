// mocha passes a test whose promise rejects un-awaited unless the process is told to fail.
process.on('unhandledRejection', (reason) => {
  throw reason;
});
