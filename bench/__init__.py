"""What an extraction costs, against bare pdfplumber on the same file in the same run. Never a test: `make bench`."""
