# Writes fixtures/delong.json: areas under ROC curves, their variances and covariances by pROC. Run as Rscript generate.R in this folder.
# The rows are from whole-number formulas, which delong.test.ts repeats.
suppressMessages(library(pROC))

describe <- function(name, truth, first, second) {
  one <- roc(truth, first, direction = "<", levels = c(0, 1), quiet = TRUE)
  two <- roc(truth, second, direction = "<", levels = c(0, 1), quiet = TRUE)
  test <- roc.test(one, two, method = "delong", paired = TRUE)
  number <- function(value) sprintf("%.17g", as.numeric(value))
  paste0(
    '{"name":"', name, '","truth":[', paste(truth, collapse = ","), '],"first":[', paste(number(first), collapse = ","),
    '],"second":[', paste(number(second), collapse = ","), '],"areas":[', number(auc(one)), ",", number(auc(two)),
    '],"variances":[', number(var(one)), ",", number(var(two)), '],"covariance":', number(cov(one, two)),
    ',"z":', number(test$statistic), ',"p":', number(test$p.value), "}"
  )
}

i <- 0:149
truth <- as.integer((3 * i) %% 7 < 3)
first <- ((7 * i) %% 20) / 32 + truth / 8
second <- ((11 * i) %% 16) / 32 + truth / 4
apart <- ((37 * i) %% 151 + 40 * truth) / 256
cases <- c(
  describe("ties in both", truth, first, second),
  describe("ties in one", truth, apart, second),
  describe("two positive rows", c(1, 1, 0, 0, 0, 0), c(5, 3, 4, 2, 1, 0), c(5, 1, 4, 2, 3, 0))
)
versions <- paste0('{"R":"', getRversion(), '","pROC":"', packageVersion("pROC"), '"}')
writeLines(paste0('{"versions":', versions, ',"cases":[', paste(cases, collapse = ","), "]}"), "fixtures/delong.json")
