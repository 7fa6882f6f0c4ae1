# R reads every table by one way and finds the cells of the CSV files, with days, numbers, truth values and levels.
#
#   Rscript read_tables.R WAY FOLDER   where WAY is a name in `ways`, and FOLDER has the exported script or Stata files

arguments <- commandArgs(trailingOnly = TRUE)
way <- arguments[1]
folder <- arguments[2]
if (way == "base") source(file.path(folder, "tables.R"), chdir = TRUE)

csv_file <- function(name) file.path("build", "csv", paste0(name, ".csv"))
# fread is known to keep the quotation marks doubled that a quoted cell of a CSV file has.
undoubled <- function(frame) {
  as.data.frame(lapply(frame, function(x) if (is.character(x)) gsub('""', '"', x, fixed = TRUE) else x))
}
ways <- list(
  base = function(name) tables[[name]],
  readr = function(name) readr::read_csv(csv_file(name), na = "", show_col_types = FALSE),
  data.table = function(name) undoubled(data.table::fread(csv_file(name), na.strings = "", encoding = "UTF-8")),
  haven = function(name) haven::as_factor(haven::read_dta(file.path(folder, paste0(name, ".dta"))))
)

as_text <- function(column) {
  number <- function(each) format(each, digits = 15, scientific = FALSE)
  text <- if (is.numeric(column)) vapply(as.numeric(column), number, "") else as.character(column)
  ifelse(is.na(column), "", text)
}

names <- sub(".csv", "", setdiff(list.files("build/csv"), "levels.csv"), fixed = TRUE)
found <- lapply(setNames(names, names), ways[[way]])
for (name in names) {
  right <- read.csv(csv_file(name), colClasses = "character", na.strings = character(), encoding = "UTF-8")
  if (way == "haven") right[] <- lapply(right, function(x) ifelse(x == "TRUE", "1", ifelse(x == "FALSE", "0", x)))
  if (!identical(colnames(found[[name]]), colnames(right))) stop(name, " has other columns")
  if (nrow(found[[name]]) != nrow(right)) stop(name, " has ", nrow(found[[name]]), " rows")
  for (column in colnames(right)) {
    wrong <- which(as_text(found[[name]][[column]]) != right[[column]])
    if (length(wrong)) stop(name, ", ", column, ", row ", wrong[1], ": ", as_text(found[[name]][[column]])[wrong[1]])
  }
}
days <- found$events$date_earliest
if (!inherits(days, "Date")) stop("a day is of the class ", class(days))
if (way %in% c("base", "haven") && !is.factor(found$events$kind)) stop("a level is no factor")

casualties <- found$casualties
deaths <- sum(casualties$count_best[casualties$outcome == "death"])
cat(deaths, "deaths, at least", sum(found$detentions$count_low), "detained\n")
